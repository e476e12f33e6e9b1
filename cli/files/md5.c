/*
 * md5.c - the MD5 sum of a file, by libcrypto; a file of flash: is read in pieces.
 */
#include "cli/files/md5.h"

#include <errno.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { PIECE = 64 * 1024, SUM = 16 };

/* Takes fd over. */
static int
add_file(EVP_MD_CTX *sum, int fd)
{
	char *piece = malloc(PIECE);
	ssize_t n = -1;
	int rc = 0;

	if (piece == NULL)
		rc = -ENOMEM;
	while (rc == 0 && (n = read(fd, piece, PIECE)) != 0) {
		if (n > 0)
			EVP_DigestUpdate(sum, piece, (size_t)n);
		else if (errno != EINTR)
			rc = -errno;
	}
	free(piece);
	close(fd);
	return rc;
}

static int
add(EVP_MD_CTX *sum, struct router *r, const struct url *u)
{
	char *text;
	size_t len;
	int rc;

	if (u->place == URL_FLASH) {
		rc = files_open(r, u->path);
		return rc < 0 ? rc : add_file(sum, rc);
	}
	rc = url_load(r, u, &text, &len);
	if (rc < 0)
		return rc;
	EVP_DigestUpdate(sum, text, len);
	free(text);
	return 0;
}

int
md5_of(struct router *r, const struct url *u, char text[MD5_TEXT_MAX])
{
	EVP_MD_CTX *sum = EVP_MD_CTX_new();
	unsigned char bytes[EVP_MAX_MD_SIZE];
	unsigned len = 0;
	int rc = -ENOMEM;

	if (sum != NULL && EVP_DigestInit_ex(sum, EVP_md5(), NULL) == 1)
		rc = add(sum, r, u);
	if (rc == 0 && EVP_DigestFinal_ex(sum, bytes, &len) != 1)
		rc = -EIO;
	for (unsigned i = 0; rc == 0 && i < len && i < SUM; i++)
		snprintf(text + 2 * i, 3, "%02x", bytes[i]);
	EVP_MD_CTX_free(sum);
	return rc;
}
