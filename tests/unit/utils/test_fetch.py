"""Fetching a full set, from a real server on loopback that can misbehave."""

import functools
import gzip
import hashlib
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pooch
import pytest
import requests
import urllib3

from utils import data
from utils.data import _fetch, _full
from utils.data._fetch import Deadline, Unavailable, fetch
from utils.data._idx import format_idx

LOADED_EARLY = (pooch, requests, urllib3)  # before a test gives up its privileges
CONTENT = np.random.default_rng(0).bytes(200_000)
SHA256 = hashlib.sha256(CONTENT).hexdigest()
GOOD = gzip.compress(CONTENT)
READ_ONLY = r"cannot be used \(Permission(Error| denied)\); set COURSE_CACHE"


class Handler(BaseHTTPRequestHandler):
    """Answer by the first folder of the path."""

    def do_GET(self):
        self.server.paths.append(self.path)
        _, behaviour, name = self.path.split("/", 2)
        body = self.server.files.get(name, GOOD)
        getattr(self, behaviour)(body)

    def good(self, body):
        self.head(len(body))
        self.wfile.write(body)

    def slow(self, body):
        time.sleep(0.5)
        self.good(body)

    def truncated(self, body):
        self.head(len(body))
        self.wfile.write(body[: len(body) // 2])

    def truncated_without_length(self, body):
        self.head(None)
        self.wfile.write(body[: len(body) // 2])

    def other(self, body):
        self.good(gzip.compress(b"other".ljust(len(CONTENT))))

    def short(self, body):
        self.good(gzip.compress(CONTENT[:1000]))

    def bomb(self, body):
        self.good(gzip.compress(bytes(100_000_000)))

    def page(self, body):
        self.good(b"<html>Log in to the hotel's network</html>")

    def missing(self, body):
        self.send_error(404)

    def broken(self, body):
        self.send_error(503)

    def hanging(self, body):
        self.server.stop.wait(10)

    def stalling(self, body):
        self.head(len(body))
        self.wfile.write(body[:1000])
        self.server.stop.wait(10)

    def trickling(self, body):
        self.head(len(body))
        for i in range(200):
            self.wfile.write(body[i : i + 1])
            if self.server.stop.wait(0.05):
                return

    def hanging_up(self, body):
        self.connection.close()

    def downgrading(self, body):
        self.send_response(302)
        port = self.server.server_port
        self.send_header("Location", f"http://localhost:{port}/good/numbers.gz")
        self.end_headers()

    def head(self, length):
        self.send_response(200)
        if length is not None:
            self.send_header("Content-Length", str(length))
        self.end_headers()

    def handle(self):
        try:
            super().handle()
        except OSError:
            pass  # the client has left, as it should

    def log_message(self, *args):
        pass


@pytest.fixture(autouse=True)
def new_session(monkeypatch):
    """Forget which mirrors did not answer, as a new kernel does."""
    monkeypatch.setattr(_fetch, "_SILENT", set())


@pytest.fixture
def server(monkeypatch):
    """Serve on loopback; `server.url(behaviour)` is a mirror that behaves so."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.stop = threading.Event()
    server.files, server.paths = {}, []
    server.url = lambda behaviour: f"http://127.0.0.1:{server.server_port}/{behaviour}/"
    threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
    yield server
    server.stop.set()
    server.shutdown()
    server.server_close()


@pytest.fixture
def get(server, tmp_path):
    """Return a function that fetches the file "numbers" from misbehaving mirrors."""

    def get(*behaviours, folder=tmp_path / "cache", seconds=5.0, loopback=True):
        return fetch(
            "numbers",
            [server.url(behaviour) for behaviour in behaviours],
            SHA256,
            len(CONTENT),
            folder,
            Deadline(seconds),
            loopback=loopback,
        )

    get.folder = tmp_path / "cache"
    return get


def left_in(folder):
    """Return the names of the files in a folder, which need not exist."""
    return sorted(path.name for path in folder.rglob("*")) if folder.exists() else []


def test_good_file_is_unpacked_and_kept(get, server):
    path = get("good")
    assert path.read_bytes() == CONTENT
    assert left_in(get.folder) == ["numbers"]
    assert get("missing") == path  # nobody is asked again
    assert server.paths == ["/good/numbers.gz"]


@pytest.mark.parametrize(
    ("behaviour", "reason"),
    [
        ("truncated", "the connection failed"),
        ("truncated_without_length", "the file ended early"),
        ("other", "the checksum of numbers is wrong"),
        ("short", "the checksum of numbers is wrong"),
        ("bomb", "larger than it should be"),
        ("page", "not a whole gzip file"),
        ("missing", "HTTP status 404"),
        ("broken", "HTTP status 503"),
        ("hanging_up", "the connection failed"),
        ("downgrading", "only HTTPS is allowed"),
    ],
)
def test_bad_answer_is_named_in_one_line_and_leaves_nothing(get, behaviour, reason):
    with pytest.raises(Unavailable, match=f"127.0.0.1: .*({reason})") as error:
        get(behaviour)
    assert "\n" not in str(error.value)
    assert left_in(get.folder) == []


@pytest.mark.parametrize(
    ("behaviour", "reason"),
    [
        ("hanging", "no answer for 0.5 s"),
        ("stalling", "no answer for 0.5 s"),
        ("trickling", "not done within 0.5 s"),
    ],
)
def test_slow_server_is_left_when_the_time_is_over(get, behaviour, reason):
    with pytest.raises(Unavailable, match=reason):
        get(behaviour, seconds=0.5)
    assert left_in(get.folder) == []


def test_next_mirror_is_asked_after_each_fault(get, server):
    assert get("missing", "other", "truncated", "good").read_bytes() == CONTENT
    assert [path.split("/")[1] for path in server.paths] == [
        "missing",
        "other",
        "truncated",
        "good",
    ]
    assert left_in(get.folder) == ["numbers"]


def test_every_mirror_stands_in_the_reason(get):
    with pytest.raises(Unavailable, match=r"404; 127.0.0.1: .*checksum"):
        get("missing", "other")


def test_damaged_cached_file_is_fetched_again(get):
    get.folder.mkdir()
    (get.folder / "numbers").write_bytes(CONTENT[:1000])
    assert get("good").read_bytes() == CONTENT


def test_damaged_cached_file_is_not_used_when_no_mirror_answers(get):
    get.folder.mkdir()
    (get.folder / "numbers").write_bytes(CONTENT[:1000])
    with pytest.raises(Unavailable):
        get("missing")


def test_plain_http_is_refused_before_anybody_is_asked(get, server):
    with pytest.raises(Unavailable, match="only HTTPS is allowed"):
        get("good", loopback=False)
    assert server.paths == []


def test_no_network_is_said(tmp_path, monkeypatch):
    monkeypatch.setenv("NO_PROXY", "*")
    mirrors = ["https://nowhere.invalid/"]
    with pytest.raises(Unavailable, match=r"nowhere\.invalid: the connection failed"):
        fetch("numbers", mirrors, SHA256, len(CONTENT), tmp_path, Deadline(60))


@pytest.fixture
def cache_without_rights():
    """Yield a folder that the test may read but not write, whoever runs it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "numbers").write_bytes(CONTENT)
        (folder / "damaged").mkdir()
        for path, mode in [(folder, 0o555), (folder / "damaged", 0o555)]:
            path.chmod(mode)
        root = os.geteuid() == 0
        if root:
            os.seteuid(65534)
        yield folder
        if root:
            os.seteuid(0)
        folder.chmod(0o755)


def test_read_only_cache_says_how_to_choose_another(get, cache_without_rights):
    with pytest.raises(Unavailable, match=READ_ONLY) as error:
        get("good", folder=cache_without_rights / "damaged")
    assert "\n" not in str(error.value)
    with pytest.raises(Unavailable, match=READ_ONLY):
        get("good", folder=cache_without_rights / "new")


def test_read_only_cache_gives_what_it_has(get, cache_without_rights):
    assert get("missing", folder=cache_without_rights).read_bytes() == CONTENT


def test_cache_below_a_file_is_refused(get, tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(Unavailable, match="cannot be used"):
        get("good", folder=tmp_path / "file")


def test_disk_that_fills_while_writing_leaves_nothing(get):
    """The limit on a file's size fails a write half-way, as a full disk does."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, limits[1]))
    try:
        with pytest.raises(Unavailable, match=r"cannot be used.*File too large"):
            get("good")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert left_in(get.folder) == []


def test_two_processes_may_fetch_at_once(server, tmp_path):
    program = (
        "import sys; from pathlib import Path;"
        "from utils.data._fetch import Deadline, fetch;"
        "url, sha256, size, folder = sys.argv[1:];"
        "fetch('numbers', [url], sha256, int(size), Path(folder), Deadline(60),"
        " loopback=True)"
    )
    arguments = [server.url("slow"), SHA256, str(len(CONTENT)), str(tmp_path / "cache")]
    command = [sys.executable, "-c", program, *arguments]
    processes = [subprocess.Popen(command) for _ in range(2)]
    assert [process.wait(60) for process in processes] == [0, 0]
    assert (tmp_path / "cache" / "numbers").read_bytes() == CONTENT
    assert left_in(tmp_path / "cache") == ["numbers"]


# The loaders on top of it


@pytest.fixture
def full_set(server, tmp_path, monkeypatch):
    """Let `mnist(full=True)` find a set of three images on loopback mirrors."""
    X = np.arange(3 * 28 * 28, dtype=np.uint8).reshape(3, 28, 28)
    y = np.array([7, 2, 1], dtype=np.uint8)
    files = {"train-images-idx3-ubyte": X, "train-labels-idx1-ubyte": y}
    hashes = []
    for name, array in files.items():
        content = format_idx(array)
        server.files[f"{name}.gz"] = gzip.compress(content)
        hashes.append(hashlib.sha256(content).hexdigest())

    def use(*behaviours, seconds=30):
        mirrors = tuple(server.url(behaviour) for behaviour in behaviours)
        source = _full.Source(mirrors, {"train": tuple(hashes)})
        monkeypatch.setitem(_full.SOURCES, "mnist", source)
        monkeypatch.setitem(_full.N_EXAMPLES, "train", 3)
        allowed = functools.partial(fetch, loopback=True)
        monkeypatch.setattr(_full, "fetch", allowed)
        monkeypatch.setattr(_full, "SECONDS", seconds)
        monkeypatch.setenv("COURSE_CACHE", str(tmp_path / "course"))
        return X, y

    return use


def test_full_set_is_loaded_silently_from_the_chosen_cache(full_set, tmp_path, capfd):
    X, y = full_set("missing", "good")
    got_X, got_y = data.mnist("train", full=True)
    assert np.array_equal(got_X, X)
    assert got_y.dtype == np.int64
    assert got_y.tolist() == y.tolist()
    assert len(left_in(tmp_path / "course" / "mnist")) == 2
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("behaviour", ["missing", "hanging", "other", "truncated"])
def test_fallback_to_the_shipped_set_says_so_in_one_line(full_set, behaviour, capfd):
    full_set(behaviour, seconds=1)
    X, _ = data.mnist("train", full=True)
    assert X.shape == (5000, 28, 28)
    out, err = capfd.readouterr()
    assert out.startswith("mnist: using the 5,000 shipped train examples: 127.0.0.1: ")
    assert out.count("\n") == 1
    assert err == ""


def test_fallback_when_the_cache_cannot_be_used(full_set, monkeypatch, tmp_path, capfd):
    full_set("good")
    (tmp_path / "file").touch()
    monkeypatch.setenv("COURSE_CACHE", str(tmp_path / "file"))
    assert len(data.mnist("train", full=True)[0]) == 5000
    assert "set COURSE_CACHE to another" in capfd.readouterr().out


def test_fallback_without_pooch_says_how_to_install_it(full_set, monkeypatch, capfd):
    full_set("good")
    monkeypatch.setattr(_full, "find_spec", lambda name: None)
    assert len(data.mnist("train", full=True)[0]) == 5000
    assert "`pip install pooch`" in capfd.readouterr().out


def test_fallback_with_an_old_urllib3_says_how_to_renew_it(
    full_set, monkeypatch, capfd
):
    """One before 2.2 cannot give what has come so far, and the wheel brings none."""
    full_set("good")
    monkeypatch.setattr(urllib3, "HTTPResponse", object)
    assert len(data.mnist("train", full=True)[0]) == 5000
    out, err = capfd.readouterr()
    assert "`pip install --upgrade urllib3`" in out
    assert (out.count("\n"), err) == (1, "")


def test_one_time_limit_holds_for_all_files_and_mirrors(full_set, server, capfd):
    """The first mirror takes all of it; another call begins with the second."""
    X, _ = full_set("trickling", "good", seconds=1)
    assert len(data.mnist("train", full=True)[0]) == 5000
    assert [path.split("/")[1] for path in server.paths] == ["trickling"]
    said = capfd.readouterr().out
    assert "not done within 1 s; 127.0.0.1: not asked, the 1 s are over" in said
    full_set("trickling", "good")
    assert np.array_equal(data.mnist("train", full=True)[0], X)
    assert [path.split("/")[1] for path in server.paths[1:]] == ["good", "good"]


def test_a_mirror_without_an_answer_is_asked_once_in_a_session(full_set, server, capfd):
    """It is not waited for again with each file."""
    X, _ = full_set("hanging_up", "good")
    assert np.array_equal(data.mnist("train", full=True)[0], X)
    asked = [path.split("/")[1] for path in server.paths]
    assert asked == ["hanging_up", "good", "good"]


def test_a_mirror_that_lacks_a_file_is_asked_for_the_next(full_set, server):
    full_set("missing", "good")
    data.mnist("train", full=True)
    asked = [path.split("/")[1] for path in server.paths]
    assert asked == ["missing", "good", "missing", "good"]


def test_when_no_mirror_answered_the_next_call_asks_nobody(full_set, server, capfd):
    full_set("hanging_up")
    for reason in ("the connection failed", "restart the kernel to ask again"):
        assert len(data.mnist("train", full=True)[0]) == 5000
        assert reason in capfd.readouterr().out
    assert len(server.paths) == 1


def test_every_real_mirror_is_https():
    for source in _full.SOURCES.values():
        assert len(source.mirrors) == 2
        assert all(mirror.startswith("https://") for mirror in source.mirrors)
        assert all(mirror.endswith("/") for mirror in source.mirrors)


def test_import_and_shipped_data_load_no_network_library():
    program = (
        "import sys; from utils import data; data.mnist('test'); data.digits();"
        "print([m for m in ('pooch', 'requests', 'torch') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"
