# bench/edit/edit drives acegated and acegate as they are built
EXTRA_DIST += bench/edit/edit
