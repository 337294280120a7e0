"""The states whose texting rules a location can be under."""

# As of 2026-11. Source: USPS Publication 28, appendix B: the states, DC and the territories.
STATES = frozenset(
    "AL AK AS AZ AR CA CO CT DE DC FL GA GU HI ID IL IN IA KS KY LA ME MD MA MI MN MP MS MO MT NE"
    " NV NH NJ NM NY NC ND OH OK OR PA PR RI SC SD TN TX UT VT VA VI WA WV WI WY".split()
)
