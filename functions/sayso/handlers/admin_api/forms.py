"""What the resources' models have in common."""

from pydantic import BaseModel, ConfigDict, Field

PAGE = 50
PAGE_AT_MOST = 200


class Model(BaseModel):
    """A part of a request or of an answer."""

    # A request uses two or three of some ninety models: each is made ready by its first use, since
    # making all of them ready was a twentieth of a cold start.
    model_config = ConfigDict(frozen=True, defer_build=True)


class Form(Model):
    """A body: no field that is not known, no value of another type than asked for."""

    model_config = ConfigDict(extra="forbid", strict=True, str_strip_whitespace=True)


class Query(Model):
    """A query string, whose values are all text until they are read."""

    model_config = ConfigDict(extra="forbid")


class Paging(Query):
    """Which part of a list."""

    limit: int = Field(PAGE, ge=1, le=PAGE_AT_MOST, description="The most items of a page")
    cursor: str = Field(
        "", max_length=1024, description="Where the page begins: `next` of the page before it"
    )


class View(Model):
    """An answer."""
