"""Plain data: what goes through comes back the same, what is hostile stays outside."""

import json
from collections import OrderedDict, defaultdict, namedtuple
from enum import StrEnum

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from mlcourse.feedback.identical import identical
from mlcourse.feedback.plain import Opaque, PlainError, copied, decode, encode, to_plain

numbers = st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats() | st.text(max_size=20)
dtypes = st.sampled_from(["f4", "f8", "i4", "i8", "u1", "?"]).map(np.dtype)
arrays = dtypes.flatmap(lambda dtype: hnp.arrays(dtype, hnp.array_shapes(min_dims=0, max_dims=3, max_side=3)))
plain = st.recursive(
    numbers | arrays,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(plain)
@settings(max_examples=150)
def test_plain_data_comes_back_the_same_to_the_last_bit(value):
    assert identical(decode(encode(value)), to_plain(value))


LIMITS = 32_000, 200
AT_THE_LIMIT = {
    "numbers": [0.5] * 199,
    "numbers of numpy's": [np.float64(0.1)] * 199,
    "more numbers than there may be": [[0.5] * 10] * 30,
    "numbers that are less precise": [np.float32(0.1)] * 199,
    "numbers that are none": [float("nan")] * 199,
    "tuples of tuples": [((),)] * 99,
    "arrays": [np.zeros(40)] * 120,
    "an array": np.zeros(3_900),
    "texts": ["x" * 1000, '"' * 1000, "\u1234" * 1000] * 10,
    "keys": {chr(1000 + n) * 200: n for n in range(50)},
    "what is none of it": [object()] * 199,
}


@pytest.mark.parametrize("value", AT_THE_LIMIT.values(), ids=AT_THE_LIMIT)
def test_whatever_is_written_is_read_however_much_there_was(value):
    assert identical(decode(encode(value, *LIMITS), *LIMITS), to_plain(value, *LIMITS))


def test_what_is_not_plain_keeps_its_name_however_often_it_is_sent():
    opaque = to_plain([1j, print])
    assert decode(encode({"answers": opaque}))["answers"] == opaque == to_plain(opaque)


class EqualToEverything:
    def __eq__(self, other):
        return True

    __hash__ = None
    __array__ = __float__ = __len__ = __iter__ = lambda self: pytest.fail("a method of the value was called")


class LyingMeta(type):
    @property
    def __name__(cls):
        raise RuntimeError


class FloatInDisguise(float):
    def __eq__(self, other):
        return True

    __hash__ = None


OPAQUE = [
    EqualToEverything(),
    FloatInDisguise(1.0),
    LyingMeta("Odd", (), {})(),
    (n for n in range(3)),
    1 + 2j,
    np.array([1 + 2j]),
    np.array([object()], dtype=object),
    np.array(["text"]),
    np.ma.array([1.0]),
    np.float64("nan").astype("complex128"),
    {1, 2},
    b"bytes",
    10**30,
    print,
]


@pytest.mark.parametrize("value", OPAQUE, ids=lambda value: type.__repr__(type(value))[:40])
def test_what_is_not_plain_becomes_opaque_without_being_asked_anything(value):
    assert type(to_plain(value)) is Opaque
    assert type(to_plain({"inside": [value]})["inside"][0]) is Opaque


def test_what_is_too_much_becomes_opaque():
    assert to_plain(np.broadcast_to(0.0, (10**4, 10**4))) == Opaque(
        "ndarray", "too large: shape (10000, 10000)"
    )
    assert to_plain("x" * 10**8) == Opaque("str", "too long: 100000000 characters")
    assert to_plain([0] * 10**6) == Opaque("list", "too long: 1000000 items")
    assert to_plain(10**30) == Opaque("int", "(too large)")
    endless = []
    endless.append(endless)
    assert "Opaque" in repr(to_plain(endless))


Named = namedtuple("Named", "a b")


class NamedOtherwise(Named):
    __iter__ = __len__ = lambda self: pytest.fail("a method of the value was called")


class Defaults(defaultdict):
    items = __iter__ = __getitem__ = lambda self, *_: pytest.fail("a method of the value was called")


class Kind(StrEnum):
    LEFT = "left"


def test_kinds_of_dict_list_tuple_and_text_are_what_they_are_made_from():
    assert to_plain(OrderedDict(a=1)) == to_plain(defaultdict(int, a=1)) == {"a": 1}
    assert to_plain({np.str_("a"): np.str_("b")}) == {"a": "b"}
    assert to_plain(Named(1, OrderedDict(a=2))) == (1, {"a": 2})
    assert to_plain([Defaults(int, a=1), NamedOtherwise(1, 2), Kind.LEFT]) == [{"a": 1}, (1, 2), "left"]
    assert type(to_plain({1, 2})) is Opaque
    more = to_plain(np.ones(3, np.longdouble))
    assert more.dtype == np.float64 and more.tolist() == [1, 1, 1]


def test_numpy_scalars_keep_their_precision():
    assert to_plain(np.float32(0.1)).dtype == np.float32
    assert to_plain(np.bool_(True)).dtype == bool


def test_arrays_are_copied():
    array = np.zeros(3)
    taken = to_plain(array)
    array[0] = 1
    assert not taken.any()
    assert to_plain(np.ones((2, 3)).T).flags.c_contiguous, "the same in memory, however it was kept"


def test_a_copy_has_the_same_in_it_and_shares_no_array():
    value = {"a": [np.zeros(2), (1, "x")], "b": None}
    copy = copied(value)
    assert identical(copy, value)
    copy["a"][0][0] = 1
    copy["a"].append(2)
    assert value["a"][0][0] == 0 and len(value["a"]) == 2


def array_json(**changes):
    tagged = {"$": "array", "dtype": "float64", "shape": [1], "data": "AAAAAAAA8D8="}
    return json.dumps(tagged | changes)


HOSTILE = {
    "not JSON": ("{", "not JSON: JSONDecodeError"),
    "nothing": ("", "not JSON: JSONDecodeError"),
    "bytes that are no text": (b"\xff\xfe\x00", "not JSON: UnicodeDecodeError"),
    "NaN": ("[NaN]", "NaN is not JSON"),
    "infinity": ("1e999", "float out of range"),
    "endless integer": ("9" * 10_000, "not JSON: ValueError"),
    "large integer": ("99999999999999999999", "integer out of range"),
    "deep nesting": ("[" * 100_000, "not JSON: RecursionError"),
    "nesting of fifty": ("[" * 50 + "]" * 50, "nested too deep"),
    "unknown tag": ('{"$": "pickle", "data": "gASVAA=="}', "an object without a known tag"),
    "no tag": ('{"returned": 1}', "an object without a known tag"),
    "more than the tag says": ('{"$": "tuple", "items": [], "more": 1}', "an object without a known tag"),
    "object dtype": (array_json(dtype="object"), "dtype 'object' is not allowed"),
    "text dtype": (array_json(dtype="<U8"), "dtype '<U8' is not allowed"),
    "structured dtype": (array_json(dtype="f8,O"), "dtype 'f8,O' is not allowed"),
    "more bytes than the shape": (array_json(shape=[0]), r"8 bytes for shape \(0,\) of float64"),
    "fewer bytes than the shape": (array_json(shape=[2]), r"8 bytes for shape \(2,\) of float64"),
    "enormous shape": (array_json(shape=[2**39, 2**39]), "too much data"),
    "negative shape": (array_json(shape=[-1]), "not a shape"),
    "shape of floats": (array_json(shape=[1.0]), "not a shape"),
    "shape of booleans": (array_json(shape=[True]), "not a shape"),
    "hundred dimensions": (array_json(shape=[1] * 100), "not a shape"),
    "not base64": (array_json(data="*" * 12), "not base64"),
    "junk between base64": (array_json(data="AAAA*AAAA8D8="), "not base64"),
    "booleans that are neither": (array_json(dtype="bool", data="Ag=="), "not booleans"),
    "too long": ("[" + "0," * 300_000 + "0]", "too much data"),
}


@pytest.mark.parametrize(("text", "words"), HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_refused_with_one_kind_of_error(text, words):
    with pytest.raises(PlainError, match=f"^{words}$"):
        decode(text)


def test_what_says_how_an_array_is_kept_is_read_exactly():
    """Each kind that is allowed, in the order of bytes that is the same on every machine."""
    assert decode(array_json(dtype="int16", shape=[2, 1], data="AQAAAQ==")).tolist() == [[1], [256]]
    assert decode(array_json(dtype="bool", shape=[2], data="AAE=")).tolist() == [False, True]
    assert decode(array_json(shape=[], data="AAAAAAAA8D8=")).shape == ()
    assert decode(array_json(shape=[1] * 8)).shape == (1,) * 8
    swapped = np.array([1.0, 256.0], dtype=">f8")
    assert to_plain(swapped).dtype.isnative and to_plain(swapped).tolist() == [1, 256]
    assert decode(encode(swapped)).tolist() == [1, 256]
    assert json.loads(encode(np.ones(1, np.float32)))["dtype"] == "float32"


def test_names_from_elsewhere_are_cut():
    long = decode(json.dumps({"$": "opaque", "type": "t" * 999, "detail": "d" * 999}))
    assert (len(long.type), len(long.detail)) == (60, 200)
    assert list(decode(json.dumps({"$": "dict", "items": {"k" * 999: 1}}))) == ["k" * 200]
    assert list(to_plain({"k" * 999: 1})) == ["k" * 200]
    assert to_plain(type("T" * 999, (), {})()).type == "T" * 60


def test_keys_that_are_no_text_are_written_as_they_are():
    class Key:
        __hash__ = object.__hash__
        __repr__ = __str__ = lambda self: pytest.fail("a method of the key was called")

    assert to_plain({1: "a", 2.5: "b", True + 2: "c", (1, 2): "d", Key(): "e"}) == {
        **{"1": "a", "2.5": "b", "3": "c"},
        **{"<tuple>": "d", "<Key>": "e"},
    }


def nested(depth):
    value = []
    for _ in range(depth - 1):
        value = [value]
    return value


def test_nesting_as_deep_as_answers_are_is_plain_and_deeper_is_said():
    assert to_plain(nested(12)) == nested(12) == decode(encode(nested(12)))
    deeper = to_plain(nested(13))
    while type(deeper) is list:
        (deeper,) = deeper
    assert str(deeper) == "list (nested too deep)"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ([None] * 5, "NoneType (too much data)"),
        ([0.5] * 5, "float (too much data)"),
        ([np.float64(0.5)] * 5, "float (too much data)"),
        ([{"key" * 20: 1}], "dict (too much data)"),
        (["x" * 60], "str too long: 60 characters"),
        ([2**63], "int (too large)"),
        ([[0] * 99], "list too long: 99 items"),
        ([np.ones(3)], "ndarray too large: shape (3,)"),
        ([np.array(["a"])], "ndarray of str32"),
        ([np.array([None])], "ndarray of object"),
        ([1j], "complex"),
    ],
)
def test_what_is_too_much_or_not_plain_is_said_in_words(value, words):
    assert str(to_plain(value, max_bytes=36, max_items=40)[-1]) == words


def test_what_is_no_finite_number_is_kept():
    assert repr(decode(encode([float("nan"), float("inf"), float("-inf")]))) == "[nan, inf, -inf]"


def test_the_largest_whole_numbers_are_kept():
    ends = [2**63 - 1, -(2**63)]
    assert to_plain(ends) == ends == decode(encode(ends))
    assert type(to_plain(-(2**63) - 1)) is Opaque


def test_text_over_the_limit_is_not_even_parsed():
    with pytest.raises(PlainError, match="at most"):
        decode('"' + "x" * 2000 + '"', max_bytes=1000, max_items=1)
    with pytest.raises(PlainError, match="too much"):
        decode(encode(np.zeros(100)), max_bytes=799 + 200)
