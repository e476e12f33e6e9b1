# smoke tests: scripts that drive the finished programs; tools/check runs them through tests/smoke/run
EXTRA_DIST += tests/smoke tests/data
