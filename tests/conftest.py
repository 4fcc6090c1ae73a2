pytest_plugins = ["tests.support.strict", "tests.support.browser"]
