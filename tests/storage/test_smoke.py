from tests.builders.rows import *
def test_smoke(database):
    with database.begin() as tx:
        rows = issue(tx, 20)
    with database.read() as s:
        assert s.credentials.get(rows[0].uuid).row_state == "issued"
