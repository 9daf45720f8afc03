"""Rules of the house style about the text of one file: each returns what is wrong with it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST_FUNCTION = 40
# Calls whose first argument is SQL as text, by the method's name.
SQL_METHODS = frozenset({"exec_driver_sql", "execute", "read_sql", "read_sql_query", "sql"})
SQL_FUNCTIONS = frozenset(
    {"sqlalchemy.text", "sqlalchemy.literal_column", "sqlalchemy.DDL", "sqlalchemy.sql.text"}
)
HTML_SWITCHES = frozenset({"unsafe_allow_html", "unsafe_allow_javascript"})

Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(source: str) -> Iterator[Function]:
    """Every function of a file, methods and nested ones too."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, Function):
            yield node


def _aliases(tree: ast.Module) -> dict[str, str]:
    names = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                first = alias.name.split(".")[0]
                names[alias.asname or first] = alias.name if alias.asname else first
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                names[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    return names


def _dotted(node: ast.expr, aliases: dict[str, str]) -> str:
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value, aliases)}.{node.attr}"
    return aliases.get(node.id, node.id) if isinstance(node, ast.Name) else ""


def unguarded_page(path: str, source: str) -> list[str]:
    """A page whose first act, after docstring and imports, is not `auth.require_user()`."""
    tree = ast.parse(source)
    acts = [
        node
        for node in tree.body
        if not isinstance(node, ast.Import | ast.ImportFrom)
        and not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
    ]
    first = acts[0] if acts else None
    call = first.value if isinstance(first, ast.Expr | ast.Assign) else None
    if isinstance(call, ast.Call):
        called = _dotted(call.func, _aliases(tree))
        if called == "components.auth.require_user":
            return []
    return [f"{path} does not begin with auth.require_user()"]


def unguarded_parts(path: str, source: str) -> list[str]:
    """Functions that a page runs again alone, under st.fragment or st.dialog, whose first act is
    not `auth.still_here()`: nobody else asks then who is at the screen."""
    tree = ast.parse(source)
    aliases = _aliases(tree)
    named = {function.name: function for function in functions(source)}
    parts = [
        function
        for function in named.values()
        if any(_runs_alone(decorator, aliases) for decorator in function.decorator_list)
    ]
    wrong = []
    for node in ast.walk(tree):
        # st.dialog("Title")(draw), or st.fragment(draw).
        if isinstance(node, ast.Call) and _runs_alone(node.func, aliases) and node.args:
            drawn = node.args[0]
            if isinstance(drawn, ast.Name) and drawn.id in named:
                parts.append(named[drawn.id])
            elif isinstance(node.func, ast.Call):
                wrong.append(f"{path}:{node.lineno} runs alone what cannot be looked at")
    return wrong + [
        f"{path}:{part.lineno} {part.name} does not begin with auth.still_here()"
        for part in parts
        if not _begins_with(part, "components.auth.still_here", aliases)
    ]


def _runs_alone(node: ast.expr, aliases: dict[str, str]) -> bool:
    called = node.func if isinstance(node, ast.Call) else node
    return _dotted(called, aliases) in {"streamlit.fragment", "streamlit.dialog"}


def _begins_with(function: Function, wanted: str, aliases: dict[str, str]) -> bool:
    has_docstring = ast.get_docstring(function) is not None
    acts = function.body[1:] if has_docstring else function.body
    call = acts[0].value if acts and isinstance(acts[0], ast.Expr) else None
    return isinstance(call, ast.Call) and _dotted(call.func, aliases) == wanted


@dataclass(frozen=True)
class _Texts:
    """What a file calls its literal texts: names bound once, at the top, to a plain string."""

    names: frozenset[str]

    @classmethod
    def of(cls, tree: ast.Module) -> _Texts:
        bound = [
            (target.id, node.value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign | ast.AnnAssign)
            for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
            if isinstance(target, ast.Name)
        ]
        counted = [name for name, _ in bound]
        plain = {name for name, value in bound if isinstance(value, ast.Constant)}
        return cls(frozenset(name for name in plain if counted.count(name) == 1))

    def literal(self, node: ast.expr) -> bool:
        return isinstance(node, ast.Constant) or (
            isinstance(node, ast.Name) and node.id in self.names
        )


def _assembled(node: ast.expr) -> bool:
    """Whether text is put together in the expression: f-string, +, % or .format()."""
    return any(_joins_text(part) for part in ast.walk(node))


def _joins_text(part: ast.AST) -> bool:
    if isinstance(part, ast.BinOp) and isinstance(part.op, ast.Add | ast.Mod):
        sides = (part.left, part.right)
        return any(isinstance(x, ast.Constant) and isinstance(x.value, str) for x in sides)
    formats = isinstance(part, ast.Attribute) and part.attr in {"format", "format_map"}
    return formats or isinstance(part, ast.JoinedStr)


def assembled_sql(path: str, source: str) -> list[str]:
    """SQL as text that is anything but a literal."""
    tree = ast.parse(source)
    aliases, texts = _aliases(tree), _Texts.of(tree)
    wrong = []
    for node in ast.walk(tree):
        first = _first_argument(node)
        if first is None:
            continue
        method = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        # These take text alone, so it must be literal; the others take Core expressions too.
        only_text = method == "exec_driver_sql" or _dotted(node.func, aliases) in SQL_FUNCTIONS
        if (only_text and not texts.literal(first)) or (
            method in SQL_METHODS and not _built_by_calls(first) and _assembled(first)
        ):
            wrong.append(f"{path}:{node.lineno} puts SQL together as text")
    return wrong


def _first_argument(node: ast.AST) -> ast.expr | None:
    if not isinstance(node, ast.Call):
        return None
    return next(iter([*node.args, *(keyword.value for keyword in node.keywords)]), None)


def _built_by_calls(node: ast.expr) -> bool:
    """Whether a statement is made of calls, such as select(...): any text() inside is judged."""
    return isinstance(node, ast.Call) and not (
        isinstance(node.func, ast.Attribute) and node.func.attr in {"format", "format_map"}
    )


def raw_html(path: str, source: str) -> list[str]:
    """Places that hand HTML of their own to the browser."""
    tree = ast.parse(source)
    aliases = _aliases(tree)
    wrong = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        switches = {keyword.arg for keyword in node.keywords} & HTML_SWITCHES
        called = _dotted(node.func, aliases)
        if switches or (called.startswith("streamlit") and called.endswith(".html")):
            wrong.append(f"{path}:{node.lineno} writes raw HTML")
    return wrong


def long_functions(path: str, source: str) -> list[str]:
    """Functions of more than 40 lines; the docstring, which the style asks for, is not counted."""
    wrong = []
    for function in functions(source):
        lines = (function.end_lineno or 0) - function.lineno + 1
        first = function.body[0]
        if ast.get_docstring(function, clean=False) is not None:
            lines -= (first.end_lineno or 0) - first.lineno + 1
        if lines > LONGEST_FUNCTION:
            wrong.append(f"{path}:{function.lineno} {function.name} has {lines} lines")
    return wrong


def loose_caches(path: str, source: str) -> list[str]:
    """Functions under st.cache_data whose key leaves something out, or that keep for ever."""
    aliases = _aliases(ast.parse(source))
    wrong = []
    for function in functions(source):
        for decorator in function.decorator_list:
            call = decorator if isinstance(decorator, ast.Call) else None
            if _dotted(call.func if call else decorator, aliases) != "streamlit.cache_data":
                continue
            place = f"{path}:{function.lineno} {function.name}"
            given = {keyword.arg for keyword in call.keywords} if call else set()
            wrong += [f"{place}: no {word}" for word in ("ttl", "max_entries") if word not in given]
            every = function.args
            named = [*every.posonlyargs, *every.args, *every.kwonlyargs]
            wrong += [
                f"{place}: {argument.arg} is left out of the key"
                for argument in named
                if argument.arg.startswith("_")
            ]
    return wrong


def hollow_tests(path: str, source: str) -> list[str]:
    """Test functions that could not fail, and files without any."""
    tests = [function for function in functions(source) if function.name.startswith("test_")]
    wrong = [] if tests else [f"{path} has no test"]
    return wrong + [
        f"{path}:{test.lineno} {test.name} asserts nothing"
        for test in tests
        if not any(_asserts(node) for node in ast.walk(test))
    ]


def _asserts(node: ast.AST) -> bool:
    if isinstance(node, ast.Assert):
        return not isinstance(node.test, ast.Constant)
    if not isinstance(node, ast.Call):
        return False
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    # `expect` is Playwright's assertion; `assert_...` are functions that assert for a test.
    return name in {"raises", "warns", "expect"} or name.startswith("assert_")
