grammar_sources = cli/grammar/grammar.h cli/grammar/internal.h cli/grammar/grammar.c \
	cli/grammar/grammar_types.c cli/grammar/syntax.c cli/grammar/walk.c cli/grammar/args.c \
	cli/grammar/match.c cli/grammar/help.c cli/grammar/complete.c cli/grammar/check.c
