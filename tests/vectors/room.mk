# vectors tests
