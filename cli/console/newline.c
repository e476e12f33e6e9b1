/*
 * newline.c - folds the many spellings of Enter into one.
 *
 * Clients disagree: ansible and RANCID send CR, netmiko over ssh LF, netmiko over telnet CR LF,
 * telnet(1) CR NUL.  A CR LF counted twice would answer the question that comes after the line.
 *
 * One client may mix them: netmiko logs in over telnet with bare CRs and goes on with LFs.  Its LF after
 * the last CR looks like a CR LF torn apart; what tells them is not the time between, but what the
 * client knew: a LF sent behind the prompt that answered the CR is an Enter of its own, one that is
 * there before is the CR's tail.  Only the terminal knows its prompts, so Enter is folded here, at the
 * keyboard of acegate, and nowhere before: TELNET's CR LF and CR NUL come through as they are.  A tail
 * can still be taken for an Enter when it arrives after the prompt, which takes a client that writes it
 * apart.
 *
 * The only state is whether a CR waits for its tail, so nothing ever waits for a byte that may not
 * come.
 */
#include "cli/console/newline.h"

size_t
newline_fold(struct newline *n, char *buf, size_t len)
{
	size_t out = 0;

	for (size_t i = 0; i < len; i++) {
		char c = buf[i];
		bool tail = n->after_cr && (c == '\n' || c == '\0');

		n->after_cr = c == '\r';
		if (tail || c == '\0')
			continue;
		buf[out++] = c == '\n' ? '\r' : c;
	}
	return out;
}

void
newline_answered(struct newline *n)
{
	n->after_cr = false;
}
