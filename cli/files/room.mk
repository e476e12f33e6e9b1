files_sources = cli/files/url.h cli/files/url.c cli/files/md5.h cli/files/md5.c
