/*
 * internal.h - the compiled grammar, shared by the files of this room only.
 *
 * A row's syntax becomes positions (its keywords and captures) and, for each position, the set of
 * those that may come next: Glushkov's automaton, small enough that a set is the bits of one word.
 * struct grammar and all it points to never change once grammar_create() has returned.
 */
#ifndef CLI_GRAMMAR_INTERNAL_H
#define CLI_GRAMMAR_INTERNAL_H

#include "cli/grammar/grammar.h"

struct walk;

enum { ROW_NODES = 64 };	/* positions of a row: the bits of a follow set */
enum { CLASS_END = 0 };		/* the class of <cr> */

enum capture_kind {
	CAPTURE_WORD,		/* one choice of words/ */
	CAPTURE_IFNAME,		/* "fa0", or a type and a number */
	CAPTURE_URL,		/* "flash:name": one choice for each file system */
	CAPTURE_FILE,		/* the same, or a bare name */
	CAPTURE_PARSED,		/* a parser of its own owns the rest of the line */
	CAPTURE_EXEC,		/* the rows of EXEC own it */
};

enum parsed_what { PARSED_NOTHING, PARSED_ACE, PARSED_OBJECT, PARSED_WINDOW };

struct parsed {			/* what such a parser has made of the line */
	enum parsed_what what;
	union {
		struct {
			struct ace ace;
			struct ace_room room;	/* what ace points to */
		};
		struct object object;
		struct time_window window;
	};
};

struct capture_type {
	const char *name;
	enum capture_kind kind;
	struct choice choice;		/* CAPTURE_WORD */
	bool existing;			/* CAPTURE_IFNAME: of an interface there is */
	/* CAPTURE_PARSED: 0, or -1 with *r->err; and what may follow, as ace_parse() does */
	int (*parse)(const struct capture_type *type, struct word_reader *r, struct parsed *out);
	enum acl_kind acl;		/* for parse(): which list, which group */
	enum ace_dialect dialect;
	enum object_group_kind group;
};

enum node_part { PART_WHOLE, PART_TYPE, PART_NUMBER };	/* of an interface name in two words */

/* A position of a row. Its choices carry as id their class: equal choices, equal classes. */
struct node {
	struct choice *choice;		/* one; for an entry all that it can begin with */
	size_t n_choices;
	const char *name;		/* the capture's, NULL for a keyword */
	const struct capture_type *type;
	enum node_part part;
	uint64_t follow;
	bool last;			/* the line may end behind it */
};

struct row {
	const struct command *command;
	unsigned index;			/* in grammar_each()'s order */
	bool no;			/* the form behind `no` and `default` */
	bool hidden;
	uint64_t first;
	struct node *node;
	unsigned n_nodes;
};

struct row_list {
	struct row **v;
	size_t n, room;
};

struct grammar {
	const struct command *const *tables;
	struct row_list mode[SHELL_MODES];	/* the rows of each; `do` is in every config mode */
	struct row_list all;			/* owns the rows */
	struct choice *class_key;		/* what the choices of a class have in common */
	size_t n_classes, classes_room;
	char **string;				/* keywords, names, help: each once */
	size_t n_strings, strings_room;
	bool failed;				/* out of memory while building */
};

/* ---- grammar_types.c ---- */

/* The type written "word", "1-99", ... in a capture; a range's bounds go to *lo, *hi. NULL: unknown. */
const struct capture_type *capture_type_find(const char *name, size_t len, uint32_t *lo,
	uint32_t *hi);
/* The choices a file's name is made of; CAPTURE_URL has all but the last. */
enum { CAPTURE_FILE_CHOICES = 4 };
extern const struct choice capture_file[CAPTURE_FILE_CHOICES];
/* The two choices an interface name is made of beside its type's keyword: any, and what exists. */
extern const struct choice capture_ifname_glued, capture_ifname_number;
extern const struct choice capture_interface_glued, capture_interface_number;

/*
 * Inside an entry, which acl/ reads and which knows no names: those that exist of what the word
 * before asks for, `time-range` and the like.
 */
void capture_names_behind(const struct word *before, struct walk *w,
	void (*add)(void *sink, const char *name), void *sink);

/* ---- grammar.c, for syntax.c ---- */

/* The one copy of these bytes, terminated; NULL (and g->failed) without memory. */
const char *grammar_string(struct grammar *g, const char *s, size_t len);
/* The class of a choice, made at first sight. */
int grammar_class(struct grammar *g, const struct choice *c);

/* ---- syntax.c ---- */

/* Fills row->node, first; aborts on a wrong row. False without memory. */
bool syntax_compile(struct grammar *g, struct row *row, const char *syntax, const char *help);

/* ---- walk.c: the live rows, word by word ---- */

struct candidate {		/* a position that the next word may be */
	const struct row *row;
	unsigned node;
	int from;		/* trail index of the word before it, -1 at the start */
};

struct trail {			/* a position that a word was */
	const struct row *row;
	unsigned node;
	unsigned step;		/* which word: index of walk.value */
	int from;
};

enum walk_result { WALK_REFUSED, WALK_STEPPED, WALK_DONE };

struct walk {
	const struct grammar *g;
	struct session *session;
	enum shell_mode mode;
	int privilege;
	bool listing;			/* what is gathered is for `?` or Tab: hidden rows stay so */
	struct word_reader reader;
	struct trail *trail;
	size_t n_trail, trail_room;
	size_t live;			/* trail[live..n_trail) are alive */
	struct candidate *candidate;
	size_t n_candidates, candidates_room;
	struct choice *choice;		/* the union of theirs */
	size_t n_choices, choices_room;
	uint64_t *seen;			/* one bit for each class */
	int end;			/* the trail entry that may be the last, or -1 */
	unsigned steps;
	struct choice_value value[WORDS_MAX];
	const char *keyword;		/* the last one chosen */
	int accepted;			/* WALK_DONE: the trail entry that ends the line */
	struct parsed parsed;		/* by a capture that owned the rest of the line */
	bool in_line;			/* walk_expect(): a LINE has begun, and may go on */
	bool failed;			/* out of memory */
};

/* words must outlive the walk. False without memory; walk_fini() in any case. */
bool walk_init(struct walk *w, const struct grammar *g, struct session *s, enum shell_mode mode,
	int privilege, struct parse_error *err);
void walk_words(struct walk *w, const char *line, const struct word *word, size_t n);
void walk_fini(struct walk *w);
/* Collects the candidates of the next word, and their choices. */
void walk_gather(struct walk *w);
/* Takes the next word, or the end of the line; gathers first. */
enum walk_result walk_step(struct walk *w);
/* Lets the candidates that agree with `chosen` live. For walk.c and check.c. */
bool walk_keep(struct walk *w, const struct choice *chosen, const struct choice_value *v);
/* Takes all the words; leaves in out what may follow them. False, with the error, when they are wrong. */
bool walk_expect(struct walk *w, struct choice_list *out);

/* ---- args.c ---- */

/* What the words of a finished walk were. NULL without memory. */
struct args *args_create(const struct walk *w, const char **filter, const char **pattern);

/* ---- help.c, for complete.c ---- */

/* Splits into the whole words and the one being typed: partial->len is 0 behind a blank. */
size_t help_split(const char *text, struct word *word, struct word *partial);

#endif
