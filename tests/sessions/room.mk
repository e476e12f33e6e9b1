# sessions tests
