/*
 * ace_effects.c - the qualifiers about what else happens, and when: log, log-input, time-range,
 * reflect.
 *
 * One row each of the table in ace_qualifiers.c.  Of these only a time range decides whether the
 * entry matches.  A cookie is any one word behind `log` that is no keyword, not even one that is
 * closed by then: a slip is answered, not logged.
 *
 * Constant data and pure functions.
 */
#include <string.h>

#include "acl/ace_internal.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* ---- log, log-input, each with a cookie ---- */

static const struct ace_name log_word[] = {
	{ "log", "Log matches against this entry", ACE_LOG, 0, NAME_SHOWN },
};
static const struct ace_names log_words = { log_word, COUNT(log_word) };

static const struct ace_name log_input_word[] = {
	{ "log-input", "Log matches against this entry, including input interface", ACE_LOG_INPUT,
		0, NAME_SHOWN },
};
static const struct ace_names log_input_words = { log_input_word, COUNT(log_input_word) };

static bool
log_open(const struct ace *ace, const struct ace_name *word)
{
	(void)word;
	return ace->log == ACE_LOG_NONE;
}

static int
log_take(struct ace_walk *w, const struct ace_name *word, uint32_t number)
{
	(void)number;
	w->ace->log = (uint8_t)word->value;
	return 0;
}

static void
log_offer_cookie(struct ace_walk *w)
{
	if (w->where != IN_IPV6 && ace_rare_of(w->ace)->cookie == NULL)
		ace_walk_offer_word(w, 0, "User defined cookie (max of 64 char)");
}

/* Is the word a qualifier's own keyword, spelt out, in entries of this protocol? */
static bool
is_keyword(const struct ace *ace, const struct word *word)
{
	for (size_t i = 0; i < ace_qualifier_count; i++) {
		const struct ace_qualifier *q = ace_qualifiers[i];

		if (q->where == IN_IPV6) /* where there are no cookies */
			continue;
		if (q->proto != ACE_ALL_PROTOCOLS && q->proto != ace->proto)
			continue;
		for (size_t k = 0; k < q->words->n; k++)
			if (word->len == strlen(q->words->v[k].name) &&
				word_abbreviates(word, q->words->v[k].name))
				return true;
	}
	return false;
}

/*
 * Would the word, displayed where the cookie is, be read as something that the entry has and that
 * is displayed behind it?
 */
static bool
is_misread(const struct ace *ace, const struct word *word)
{
	static const struct ace_qualifier *const behind[] = { &ace_time_range, &ace_reflect };

	for (size_t i = 0; i < COUNT(behind); i++)
		if (behind[i]->is_set(ace) && word_abbreviates(word, behind[i]->words->v[0].name))
			return true;
	return false;
}

static int
log_take_cookie(struct ace_walk *w, int id, const struct choice_value *v)
{
	const struct word *word = &w->r->word[w->r->pos - 1];

	(void)id;
	if (v->len > ACE_NAME_MAX || is_keyword(w->ace, word) || is_misread(w->ace, word))
		return parse_fail_at(w->r->err, word->at);
	ace_walk_rare(w)->cookie = ace_walk_keep(w, v->text, v->len);
	return 0;
}

static bool
log_is_set(const struct ace *ace)
{
	return ace->log == ACE_LOG;
}

static bool
log_input_is_set(const struct ace *ace)
{
	return ace->log == ACE_LOG_INPUT;
}

static void
log_format(const struct ace *ace, struct ace_text *t)
{
	const char *cookie = ace_rare_of(ace)->cookie;

	ace_text_word(t, ace->log == ACE_LOG ? log_word[0].name : log_input_word[0].name);
	if (cookie == NULL)
		return;
	if (t->style == ACE_CONFIG) {
		ace_text_word(t, cookie);
		return;
	}
	ace_text_put(t, " (tag = ");
	ace_text_put(t, cookie);
	ace_text_put(t, ")");
}

const struct ace_qualifier ace_log = {
	.words = &log_words,
	.where = IN_STANDARD | IN_EXTENDED_IP,
	.proto = ACE_ALL_PROTOCOLS,
	.open = log_open,
	.take = log_take,
	.offer_more = log_offer_cookie,
	.take_more = log_take_cookie,
	.is_set = log_is_set,
	.format = log_format,
};

const struct ace_qualifier ace_log_input = {
	.words = &log_input_words,
	.where = IN_EXTENDED_IP,
	.proto = ACE_ALL_PROTOCOLS,
	.open = log_open,
	.take = log_take,
	.offer_more = log_offer_cookie,
	.take_more = log_take_cookie,
	.is_set = log_input_is_set,
	.format = log_format,
};

/* ---- time-range ---- */

static const struct ace_name time_range_word[] = {
	{ "time-range", "Specify a time-range", 0, 0, NAME_SHOWN },
};
static const struct ace_names time_range_words = { time_range_word, COUNT(time_range_word) };

static bool
time_range_is_set(const struct ace *ace)
{
	return ace_rare_of(ace)->time_range != NULL;
}

static bool
time_range_open(const struct ace *ace, const struct ace_name *word)
{
	(void)word;
	return !time_range_is_set(ace);
}

static int
time_range_take(struct ace_walk *w, const struct ace_name *word, uint32_t number)
{
	(void)word;
	(void)number;
	return ace_walk_name(w, "Time-range entry name", &ace_walk_rare(w)->time_range);
}

static void
time_range_format(const struct ace *ace, struct ace_text *t)
{
	const char *name = ace->rare->time_range;

	ace_text_word(t, time_range_word[0].name);
	ace_text_word(t, name);
	if (t->style == ACE_SHOW)
		ace_text_put(t, acl_env_active(t->env, name) ? " (active)" : " (inactive)");
}

static bool
time_range_match(const struct ace *ace, const struct acl_env *env, const struct acl_key *key)
{
	(void)key;
	return acl_env_active(env, ace->rare->time_range);
}

const struct ace_qualifier ace_time_range = {
	.words = &time_range_words,
	.where = IN_EXTENDED_IP,
	.proto = ACE_ALL_PROTOCOLS,
	.open = time_range_open,
	.take = time_range_take,
	.is_set = time_range_is_set,
	.format = time_range_format,
	.match = time_range_match,
};

/* ---- reflect NAME [timeout N] ---- */

enum { REFLECT_TIMEOUT_MAX = 2147483 };

static const struct ace_name reflect_word[] = {
	{ "reflect", "Create reflexive access list entry", 0, 0, NAME_SHOWN },
};
static const struct ace_names reflect_words = { reflect_word, COUNT(reflect_word) };

static bool
reflect_is_set(const struct ace *ace)
{
	return !ace->is_evaluate && ace_rare_of(ace)->reflexive != NULL;
}

static bool
reflect_open(const struct ace *ace, const struct ace_name *word)
{
	(void)word;
	return ace->action == ACL_PERMIT && !reflect_is_set(ace);
}

static int
reflect_take(struct ace_walk *w, const struct ace_name *word, uint32_t number)
{
	(void)word;
	(void)number;
	return ace_walk_name(w, "Access-list name", &ace_walk_rare(w)->reflexive);
}

static void
reflect_offer_timeout(struct ace_walk *w)
{
	if (ace_rare_of(w->ace)->reflect_timeout_s == 0)
		ace_walk_offer_keyword(w, 0, "timeout", "Maximum time to reflect in seconds");
}

static int
reflect_take_timeout(struct ace_walk *w, int id, const struct choice_value *v)
{
	(void)id;
	(void)v;
	return ace_walk_number(w, 1, REFLECT_TIMEOUT_MAX, "Reflexive access list timeout",
		&ace_walk_rare(w)->reflect_timeout_s);
}

static void
reflect_format(const struct ace *ace, struct ace_text *t)
{
	ace_text_word(t, reflect_word[0].name);
	ace_text_word(t, ace->rare->reflexive);
	if (ace->rare->reflect_timeout_s == 0)
		return;
	ace_text_word(t, "timeout");
	ace_text_number(t, ace->rare->reflect_timeout_s);
}

const struct ace_qualifier ace_reflect = {
	.words = &reflect_words,
	.where = IN_NAMED_IP,
	.proto = ACE_ALL_PROTOCOLS,
	.open = reflect_open,
	.take = reflect_take,
	.offer_more = reflect_offer_timeout,
	.take_more = reflect_take_timeout,
	.is_set = reflect_is_set,
	.format = reflect_format,
};
