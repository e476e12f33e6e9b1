noinst_LIBRARIES += libwords.a
libwords_a_SOURCES = words/words.h words/words.c words/address.c words/choice.c \
	words/pattern.h words/pattern.c
