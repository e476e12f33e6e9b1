/*
 * pattern.h - the regular expressions of IOS, as filters and the pager take them.
 */
#ifndef WORDS_PATTERN_H
#define WORDS_PATTERN_H

#include <regex.h>
#include <stdbool.h>

/*
 * Compiles IOS's expression for regexec() without sub-matches, case-sensitive. 0, or -1 when it is
 * none or there is no memory; else regfree() it.  Source: "Regular expressions" in the Cisco IOS
 * Configuration Fundamentals Guide: . * + ? ^ $ [] () | \ and _, and \1 to \9 for what () matched.
 */
int pattern_compile(regex_t *out, const char *pattern);
/*
 * Does it refer to what () matched?  Matching such an expression has no bound worth the name (glibc takes
 * minutes for a line of a thousand characters), so it is not for everybody who may type one.
 */
bool pattern_has_references(const char *pattern);

#endif
