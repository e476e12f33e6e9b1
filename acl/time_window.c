/*
 * time_window.c - the words of a time range: `absolute ...`, `periodic ...`, read and written.
 *
 *	absolute	[start hh:mm day month year] [end hh:mm day month year]
 *	periodic	{daily | weekdays | weekend | day ...} hh:mm to [day] hh:mm
 *
 * (Cisco, "time-range" in the command reference.)  An end on a day of its own may only stand behind
 * a single day.  Which days are meant is kept and nothing else, so five days typed from Monday to
 * Friday are displayed as weekdays, and days in the order of the week.
 *
 * Civil dates to days and back after the usual count of 400-year eras of years that begin in March.
 * No state; nothing allocates (but what words/ does for r->expect).
 */
#include "acl/time_range.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

enum {
	YEAR_FIRST = 1993, /* as the router's calendar */
	YEAR_LAST = 2035,
	MINUTES_OF_HOUR = 60,
	MINUTES_OF_DAY = 24 * 60,
	DAYS_OF_WEEK = 7,
	MONTHS = 12,
	MONTH_ABBREVIATION = 3, /* letters that tell every month */
};

static const char *const day_name[DAYS_OF_WEEK] = { "Monday", "Tuesday", "Wednesday", "Thursday",
	"Friday", "Saturday", "Sunday" };

static const char *const month_name[MONTHS] = { "January", "February", "March", "April", "May",
	"June", "July", "August", "September", "October", "November", "December" };

/* Names for several days, and what they say in `?`. */
static const struct {
	const char *name, *help;
	uint8_t days;
} day_set[] = {
	{ "daily", "Every day of the week", DAYS_DAILY },
	{ "weekdays", "Monday thru Friday", DAYS_WEEKDAYS },
	{ "weekend", "Saturday and Sunday", DAYS_WEEKEND },
};

enum id {
	ID_END,
	ID_TIME,
	ID_TO,
	ID_START_DATE,
	ID_END_DATE,
	ID_DAY,
	ID_SET = ID_DAY + DAYS_OF_WEEK
};

static const struct choice end_of_line = { .type = CHOICE_END, .help = "", .id = ID_END };

/* ---- hh:mm and the month, which words/ does not know ---- */

/* One or two digits at text[*at], below limit. */
static bool
take_two_digits(const char *text, size_t len, size_t *at, unsigned limit, unsigned *value)
{
	size_t i = *at;

	*value = 0;
	while (i < len && i - *at < 2 && text[i] >= '0' && text[i] <= '9')
		*value = *value * 10 + (unsigned)(text[i++] - '0');
	if (i == *at || *value >= limit)
		return false;
	*at = i;
	return true;
}

/* hh:mm, all of the text; else *bad is where it stops being one. */
static bool
read_time(const char *text, size_t len, uint16_t *minute, size_t *bad)
{
	unsigned hours, minutes;

	*bad = 0;
	if (!take_two_digits(text, len, bad, 24, &hours) || *bad == len || text[*bad] != ':')
		return false;
	++*bad;
	if (!take_two_digits(text, len, bad, MINUTES_OF_HOUR, &minutes) || *bad < len)
		return false;
	*minute = (uint16_t)(hours * MINUTES_OF_HOUR + minutes);
	return true;
}

static size_t
accept_time(void *arg, const struct word *w, size_t n, size_t *bad)
{
	uint16_t minute;

	(void)arg;
	(void)n;
	return read_time(w->text, w->len, &minute, bad) ? 1 : 0;
}

/* The month's number from 0 on, or MONTHS. */
static size_t
find_month(const struct word *w)
{
	size_t i = 0;

	if (w->len < MONTH_ABBREVIATION)
		return MONTHS;
	while (i < MONTHS && !word_abbreviates(w, month_name[i]))
		i++;
	return i;
}

static size_t
accept_month(void *arg, const struct word *w, size_t n, size_t *bad)
{
	(void)arg;
	(void)n;
	*bad = 0;
	if (find_month(w) < MONTHS)
		return 1;
	for (size_t i = 0; i < MONTHS; i++)
		if (word_common_prefix(w, month_name[i]) > *bad)
			*bad = word_common_prefix(w, month_name[i]);
	return 0;
}

static struct choice
time_choice(const char *help)
{
	return (struct choice){ .type = CHOICE_CUSTOM,
		.text = "hh:mm",
		.help = help,
		.id = ID_TIME,
		.accept = accept_time };
}

static uint16_t
time_value(const struct choice_value *v)
{
	uint16_t minute = 0;
	size_t ignored;

	read_time(v->text, v->len, &minute, &ignored);
	return minute;
}

/* ---- dates ---- */

static int64_t
days_since_1970(int64_t year, unsigned month, unsigned day)
{
	int64_t of_era, y = month < 2 ? year - 1 : year; /* years that begin in March */
	unsigned of_year = (153 * ((month + 10) % 12) + 2) / 5 + day - 1;

	of_era = y % 400;
	return y / 400 * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static void
civil_date(int64_t days, int64_t *year, unsigned *month, unsigned *day)
{
	int64_t since = days + 719468;
	int64_t of_era = since % 146097;
	int64_t y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	unsigned of_year = (unsigned)(of_era - (365 * y + y / 4 - y / 100));
	unsigned from_march = (5 * of_year + 2) / 153;

	*day = of_year - (153 * from_march + 2) / 5 + 1;
	*month = (from_march + 2) % 12;
	*year = since / 146097 * 400 + y + (*month < 2);
}

/* hh:mm day month year. */
static int
read_date(struct word_reader *r, const char *help, int64_t *minute)
{
	const struct choice at = time_choice(help);
	const struct choice of_month = {
		.type = CHOICE_NUMBER, .lo = 1, .hi = 31, .help = "Day of the month"
	};
	const struct choice month = { .type = CHOICE_CUSTOM,
		.text = "MONTH",
		.help = "Month of the year [eg: Jan for January, Jun for June]",
		.accept = accept_month };
	const struct choice year = {
		.type = CHOICE_NUMBER, .lo = YEAR_FIRST, .hi = YEAR_LAST, .help = "Year"
	};
	struct choice_value v[4];
	const struct word *day_word;
	unsigned m, read_month, read_day;
	int64_t days, read_year;

	if (word_choose(r, &at, 1, &v[0]) < 0 || word_choose(r, &of_month, 1, &v[1]) < 0)
		return -1;
	day_word = &r->word[r->pos - 1];
	if (word_choose(r, &month, 1, &v[2]) < 0 || word_choose(r, &year, 1, &v[3]) < 0)
		return -1;
	m = (unsigned)find_month(&(struct word){ .text = v[2].text, .len = v[2].len });
	days = days_since_1970(v[3].number, m, v[1].number);
	civil_date(days, &read_year, &read_month, &read_day);
	if (read_day != v[1].number) /* no such day in that month */
		return parse_fail_at(r->err, day_word->at);
	*minute = days * MINUTES_OF_DAY + time_value(&v[0]);
	return 0;
}

static int
read_absolute(struct word_reader *r, struct time_window *w)
{
	const struct choice start = { .type = CHOICE_KEYWORD,
		.text = "start",
		.help = "starting time and date",
		.id = ID_START_DATE };
	const struct choice end = { .type = CHOICE_KEYWORD,
		.text = "end",
		.help = "ending time and date",
		.id = ID_END_DATE };
	bool has_start = false, has_end = false;

	*w = (struct time_window){ .absolute = true, .start = INT64_MIN, .end = INT64_MAX };
	for (;;) {
		struct choice c[3];
		size_t n = 0;
		int id;

		if (!has_end)
			c[n++] = end;
		if (!has_start)
			c[n++] = start;
		if (has_start || has_end)
			c[n++] = end_of_line;
		id = word_choose(r, c, n, NULL);
		if (id < 0)
			return -1;
		if (id == ID_END)
			break;
		if (id == ID_START_DATE ? read_date(r, "Starting time", &w->start) < 0
					: read_date(r, "Ending time", &w->end) < 0)
			return -1;
		has_start |= id == ID_START_DATE;
		has_end |= id == ID_END_DATE;
	}
	if (w->end < w->start)
		return parse_fail_message(r->err, "%% End time must be later than start time");
	return 0;
}

/* ---- periodic ---- */

static size_t
offer_days(struct choice *c)
{
	for (int day = 0; day < DAYS_OF_WEEK; day++)
		c[day] = (struct choice){ .type = CHOICE_KEYWORD,
			.text = day_name[day],
			.help = day_name[day],
			.id = ID_DAY + day };
	return DAYS_OF_WEEK;
}

/* The days, and the time behind them. */
static int
read_start(struct word_reader *r, struct time_window *w)
{
	struct choice c[DAYS_OF_WEEK + COUNT(day_set)];
	struct choice_value v;
	bool set = false;
	int id;

	do {
		size_t n = set ? 0 : offer_days(c);

		for (size_t i = 0; w->days == 0 && i < COUNT(day_set); i++)
			c[n++] = (struct choice){ .type = CHOICE_KEYWORD,
				.text = day_set[i].name,
				.help = day_set[i].help,
				.id = ID_SET + (int)i };
		if (w->days != 0)
			c[n++] = time_choice("Starting time");
		id = word_choose(r, c, n, &v);
		if (id < 0)
			return -1;
		set = id >= ID_SET;
		if (set)
			w->days = day_set[id - ID_SET].days;
		else if (id >= ID_DAY)
			w->days |= (uint8_t)(1 << (id - ID_DAY));
	} while (id != ID_TIME);
	w->from = time_value(&v);
	return 0;
}

static int
read_periodic(struct word_reader *r, struct time_window *w)
{
	const struct choice to = {
		.type = CHOICE_KEYWORD, .text = "to", .help = "ending day and time", .id = ID_TO
	};
	const struct choice ending =
		time_choice("Ending time - stays valid until beginning of next minute");
	struct choice c[DAYS_OF_WEEK + 1] = { ending };
	struct choice_value v;
	size_t n = 1;
	int id;

	*w = (struct time_window){ .to_day = -1 };
	if (read_start(r, w) < 0 || word_choose(r, &to, 1, NULL) < 0)
		return -1;
	if ((w->days & (w->days - 1)) == 0)
		n += offer_days(c + 1);
	id = word_choose(r, c, n, &v);
	if (id < 0)
		return -1;
	if (id != ID_TIME) {
		w->to_day = (int8_t)(id - ID_DAY);
		if (word_choose(r, &ending, 1, &v) < 0)
			return -1;
	}
	w->to = time_value(&v);
	if (w->to_day >= 0 && w->days == 1 << w->to_day && w->to >= w->from)
		w->to_day = -1;
	return word_choose(r, &end_of_line, 1, NULL) < 0 ? -1 : 0;
}

int
time_window_parse(struct word_reader *r, struct time_window *w)
{
	static const struct choice kind[] = {
		{ .type = CHOICE_KEYWORD,
			.text = "absolute",
			.help = "absolute time and date",
			.id = true },
		{ .type = CHOICE_KEYWORD,
			.text = "periodic",
			.help = "periodic time and date",
			.id = false },
	};
	int id = word_choose(r, kind, COUNT(kind), NULL);

	if (id < 0)
		return -1;
	return id ? read_absolute(r, w) : read_periodic(r, w);
}

/* ---- writing ---- */

struct text {
	char *buf;
	size_t size, len;
};

static void put(struct text *t, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

static void
put(struct text *t, const char *fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(t->buf + t->len, t->size - t->len, fmt, ap);
	va_end(ap);
	t->len += (size_t)n;
	if (t->len >= t->size)
		t->len = t->size - 1;
}

static void
put_date(struct text *t, const char *word, int64_t minute)
{
	unsigned of_day = (unsigned)(minute % MINUTES_OF_DAY), month, day;
	int64_t year;

	civil_date(minute / MINUTES_OF_DAY, &year, &month, &day);
	put(t, " %s %02u:%02u %u %s %d", word, of_day / MINUTES_OF_HOUR, of_day % MINUTES_OF_HOUR,
		day, month_name[month], (int)year);
}

static void
put_time(struct text *t, unsigned minute)
{
	put(t, " %u:%02u", minute / MINUTES_OF_HOUR, minute % MINUTES_OF_HOUR);
}

static void
put_days(struct text *t, uint8_t days)
{
	for (size_t i = 0; i < COUNT(day_set); i++)
		if (day_set[i].days == days) {
			put(t, " %s", day_set[i].name);
			return;
		}
	for (int day = 0; day < DAYS_OF_WEEK; day++)
		if (days >> day & 1)
			put(t, " %s", day_name[day]);
}

size_t
time_window_format(const struct time_window *w, char *buf, size_t size)
{
	struct text t = { .buf = buf, .size = size };

	if (w->absolute) {
		put(&t, "absolute");
		if (w->start != INT64_MIN)
			put_date(&t, "start", w->start);
		if (w->end != INT64_MAX)
			put_date(&t, "end", w->end);
		return t.len;
	}
	put(&t, "periodic");
	put_days(&t, w->days);
	put_time(&t, w->from);
	put(&t, " to");
	if (w->to_day >= 0)
		put(&t, " %s", day_name[w->to_day]);
	put_time(&t, w->to);
	return t.len;
}
