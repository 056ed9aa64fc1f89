"""Parameters of the query string, where one that is misspelt or there twice would change what an answer means."""

from fastapi import Depends, Request

from jmc_vc.web.problems import QueryRefused


class QueryTwice(QueryRefused):
    """A parameter is there twice: two readers could take two values."""

    sentence_code = "http.query.twice"


class QueryUnknown(QueryRefused):
    """A parameter that the endpoint does not have. Its name is not repeated; those that there are, are `known`."""

    sentence_code = "http.query.unknown"


class NoQueryTaken(QueryRefused):
    """A parameter at an endpoint that has none."""

    sentence_code = "http.query.none"


async def require_known_query(request: Request) -> None:
    """Raises QueryRefused for a parameter that the route does not have, or that is there twice."""
    known = [each.alias for each in request.scope["route"].dependant.query_params]
    given = [name for name, _ in request.query_params.multi_items()]
    if not known and given:
        raise NoQueryTaken
    if not set(given) <= set(known):
        raise QueryUnknown(known=", ".join(known))
    twice = next((name for name in known if given.count(name) > 1), None)
    if twice is not None:
        raise QueryTwice(parameter=twice)


KnownQuery = Depends(require_known_query)
"""For `APIRouter(dependencies=[KnownQuery])`."""
