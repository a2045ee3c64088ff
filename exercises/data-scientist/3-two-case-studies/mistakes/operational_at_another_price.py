"""Changes the price in the code once the form is written: what the code prints is no longer what the case quotes.

fails: test_operational_case_quotes_what_was_counted
"""

CALLS_WORTH = 12
