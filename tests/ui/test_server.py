"""The hash in the policy is that of the page that is served."""

from sqm import server


def test_inline_scripts_are_hashed_and_external_ones_are_not() -> None:
    one, two = "<script>one()</script>", '<script type="module">\n two()\n</script>'
    page = f'<script src="a.js"></script>{one}{two}{one}'
    hashes = server.script_hashes(page)
    assert len(hashes) == 2
    # echo -n 'one()' | openssl dgst -sha256 -binary | base64
    assert hashes[0] == "'sha256-HR7iaask9daLMRRskMI++QeJtjWDOjyPA6lGzYGzKW4='"


def test_the_policy_forbids_what_is_inline_or_elsewhere() -> None:
    policy = server.content_security_policy()
    scripts = next(part for part in policy.split("; ") if part.startswith("script-src"))
    assert "unsafe" not in scripts and "http" not in policy
