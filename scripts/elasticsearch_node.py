"""An Elasticsearch node of one's own for one command: `elasticsearch_node.py COMMAND ...`

Its server comes from Maven Central once (Java 17 and Maven must be there) and stays in
var/elasticsearch/. A tool for tests: its licence (SSPL / Elastic License 2.0) keeps it out of what
is shipped; operators take the official image. The command finds it in PORTAL_ELASTICSEARCH_URL.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

from machine import apt_install, need_disk, var
from postgres import free_port
from saying import Stop, guarded, say

VERSION = "8.13.0"  # the newest whose HTTP module is there (findings)
PATIENCE_S = 120
POM = f"""<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>portal</groupId><artifactId>node</artifactId><version>1</version><dependencies>
<dependency><groupId>org.elasticsearch</groupId><artifactId>elasticsearch</artifactId>
<version>{VERSION}</version></dependency>
<dependency><groupId>org.elasticsearch.plugin</groupId><artifactId>transport-netty4</artifactId>
<version>{VERSION}</version></dependency></dependencies></project>
"""
# As the server's own start does it, without its command line: logging first, then the settings.
LAUNCHER = """
import java.nio.file.Path;
import java.util.Map;
import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.node.InternalSettingsPreparer;
import org.elasticsearch.node.Node;

public class Launcher {
    public static void main(String[] arguments) throws Exception {
        Path home = Path.of(arguments[0]);
        LogConfigurator.configureESLogging();
        LogConfigurator.registerErrorListener();
        var env = InternalSettingsPreparer.prepareEnvironment(
            Settings.builder().put("path.home", home.toString()).build(),
            Map.of(), home.resolve("config"), () -> "portal");
        LogConfigurator.configure(env, true);
        new Node(env).start();
        Thread.currentThread().join();
    }
}
"""
LOGGING = """appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = [%d][%p] %m%n
rootLogger.level = warn
rootLogger.appenderRef.console.ref = console
"""
DESCRIPTOR = f"""name=transport-netty4
description=HTTP
version={VERSION}
elasticsearch.version={VERSION}
java.version=17
classname=org.elasticsearch.transport.netty4.Netty4Plugin
"""


def jars():
    """The folder of the server's jars, fetched if they are not there yet."""
    folder = var() / "elasticsearch" / VERSION
    if folder.exists():
        return folder
    if not shutil.which("java") or not shutil.which("mvn"):
        apt_install(
            ["openjdk-17-jdk-headless", "maven"], "缺少 Java 或 Maven", "Java or Maven misses"
        )
    need_disk(folder, 200)
    say("  从 Maven Central 取 Elasticsearch（约 37 MB）/ fetching it from Maven Central")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as name:
        pom, found = Path(name) / "pom.xml", Path(name) / "jars"
        pom.write_text(POM)
        goal = [
            "dependency:copy-dependencies",
            f"-DoutputDirectory={found}",
            "-DincludeScope=runtime",
        ]
        done = subprocess.run(
            ["mvn", "-q", "-B", "-f", str(pom), *goal], capture_output=True, text=True
        )
        if done.returncode or not found.exists():
            detail = (done.stdout + done.stderr)[-2000:]
            raise Stop("取 Elasticsearch 失败。", "Elasticsearch could not be fetched.", detail)
        found.rename(folder)
    return folder


def _home(folder, port):
    """Configuration, library and HTTP module of a node in `folder`."""
    module = folder / "modules" / "transport-netty4"
    for path in (folder / "config", folder / "plugins", folder / "lib", module):
        path.mkdir(parents=True)
    for jar in jars().glob("*.jar"):
        place = module if jar.name.startswith(("transport-netty4", "netty-")) else folder / "lib"
        (place / jar.name).symlink_to(jar)
    (module / "plugin-descriptor.properties").write_text(DESCRIPTOR)
    (folder / "Launcher.java").write_text(LAUNCHER)
    (folder / "config" / "log4j2.properties").write_text(LOGGING)
    (folder / "config" / "elasticsearch.yml").write_text(
        "discovery.type: single-node\nnetwork.host: 127.0.0.1\ncluster.name: portal-test\n"
        f"http.port: {port}\ntransport.port: {free_port()}\n"
        "cluster.routing.allocation.disk.threshold_enabled: false\n"
    )


def _healthy(url):
    try:
        with urllib.request.urlopen(f"{url}/_cluster/health", timeout=5) as answer:  # noqa: S310
            return answer.status == 200
    except OSError:
        return False


@contextmanager
def node():
    """The address of a running node, gone with all its data afterwards."""
    with tempfile.TemporaryDirectory(prefix="portal-elasticsearch-") as name:
        folder, port = Path(name), free_port()
        _home(folder, port)
        url, log = f"http://127.0.0.1:{port}", folder / "log"
        argv = ["java", "-Xmx512m", "--module-path", str(folder / "lib")]
        argv += ["--add-modules=ALL-MODULE-PATH", str(folder / "Launcher.java"), str(folder)]
        with log.open("w") as output:
            process = subprocess.Popen(argv, cwd=folder, stdout=output, stderr=subprocess.STDOUT)
        try:
            started = time.monotonic()
            while not _healthy(url):
                if process.poll() is not None or time.monotonic() - started > PATIENCE_S:
                    detail = log.read_text(errors="replace")[-3000:]
                    raise Stop("Elasticsearch 没有启动。", "Elasticsearch did not start.", detail)
                time.sleep(0.5)
            yield url
        finally:
            process.terminate()
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def main():
    if len(sys.argv) < 2:
        raise Stop("用法：elasticsearch_node.py 命令 …", "Usage: elasticsearch_node.py COMMAND ...")
    with node() as url:
        say("Elasticsearch 已启动 / is running")
        env = {**os.environ, "PORTAL_ELASTICSEARCH_URL": url}
        return subprocess.run(sys.argv[1:], env=env).returncode


if __name__ == "__main__":
    guarded(main)
