/*
 * config_diff.h - two configurations compared, as `show archive config` does. Pure: trees in, text out.
 */
#ifndef CLI_CONFIG_DIFF_H
#define CLI_CONFIG_DIFF_H

#include "cli/config/config_tree.h"
#include "cli/show/show.h"

/*
 * `show archive config differences A B`: what makes B of A.  Lines with + are B's alone, with - A's; a
 * line without either says what they are under (Cisco, "Contextual Configuration Diff Utility").  Where
 * order matters, in access lists, a line that has moved is told as gone and as come.
 */
void config_differences(struct text *t, struct config_node *a, struct config_node *b);
/* `show archive config incremental-diffs`: the lines of `more` that `base` has not, ready to be typed. */
void config_increment(struct text *t, struct config_node *base, struct config_node *more,
	bool ignore_case);

#endif
