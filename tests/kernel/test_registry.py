import pytest

from tonghu.kernel.registry import Registry, named


def test_registry_keeps_the_order_in_which_things_signed_up():
    duties = Registry("duties")
    duties.register("b", 2)
    duties.register("a", 1)

    assert list(duties.items()) == [("b", 2), ("a", 1)]


def test_registry_takes_the_same_thing_twice():
    duties = Registry("duties")
    duties.register("a", 1)

    assert duties.register("a", 1) == 1
    assert len(duties) == 1


def test_registry_refuses_two_things_under_one_key():
    duties = Registry("duties")
    duties.register("a", 1)

    with pytest.raises(ValueError, match="Two duties are called 'a'"):
        duties.register("a", 2)
    assert duties["a"] == 1


def test_named_tells_functions_of_one_name_apart():
    def outer():
        def duty():
            return 1

        return duty

    def duty():
        return 2

    assert named(outer()) != named(duty)
