package dev.fairlead.config.file;

import static dev.fairlead.config.Toml.NODE;
import static dev.fairlead.config.Toml.faults;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.fairlead.core.url.LinkLocalAddress;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationFaultsTest {
    @ParameterizedTest
    @MethodSource
    void aFaultNamesItsPlaceAndSaysWhatToDo(String toml, String fault) {
        assertThat(faults(toml)).containsExactly("fairlead.toml:" + fault);
    }

    static Stream<Arguments> aFaultNamesItsPlaceAndSaysWhatToDo() {
        return Stream.of(
                // keys
                arguments("[serve]", "1:1: serve: unknown key; did you mean server?"),
                arguments(
                        "[chains.mainnet]\n  tolerated_lagg = 3\n" + NODE,
                        "2:3: chains.mainnet.tolerated_lagg: unknown key; did you mean tolerated_lag?"),
                arguments("[server.limits]\nbdoy = 5", "2:1: server.limits.bdoy: unknown key; did you mean body?"),
                arguments("[store]\npath = \"x\"", "2:1: store.path: unknown key; known here: directory"),
                arguments("[logs]\n\"od d\" = 1", "2:1: logs.\"od d\": unknown key; known here: format, level"),
                // types
                arguments("server = 5", "1:1: server: expected a table, [server], found a number"),
                arguments(
                        "[server.timeouts]\ncall = 30",
                        "2:1: server.timeouts.call: expected a duration such as \"250ms\", \"30s\" or \"1h30m\", from "
                                + "10ms to 1d, found 30"),
                arguments("[server]\ngzip = \"yes\"", "2:1: server.gzip: expected true or false, found \"yes\""),
                arguments(
                        "[server]\nlisten = 8080",
                        "2:1: server.listen: expected a list, each element an address such as \"127.0.0.1:8080\", "
                                + "\"[::1]:8080\", or \":8080\" for every interface, found 8080"),
                arguments(
                        "[server]\nlisten = [\":80\", 81]",
                        "2:18: server.listen[1]: expected an address such as \"127.0.0.1:8080\", \"[::1]:8080\", or "
                                + "\":8080\" for every interface, found 81"),
                arguments(
                        "[dispatch]\nattempts = [1]",
                        "2:1: dispatch.attempts: expected a whole number from 1 to 100, found a list"),
                arguments(
                        "[dispatch]\nattempts = 1979-05-27",
                        "2:1: dispatch.attempts: expected a whole number from 1 to 100, found a date or time"),
                arguments(
                        "[dispatch]\nattempts = 2.5",
                        "2:1: dispatch.attempts: expected a whole number from 1 to 100, found 2.5"),
                arguments("[logs]\nformat = \"xml\"", "2:1: logs.format: expected one of console, json, found \"xml\""),
                arguments("[logs]\nformat = true", "2:1: logs.format: expected one of console, json, found true"),
                arguments(
                        "[logs]\nformat = { file = \"x\" }",
                        "2:1: logs.format: expected one of console, json, found a table"),
                arguments("[[chains]]\nid = 1", "1:1: chains: expected a table, [chains.<chain>], found a list"),
                arguments(
                        "[chains]\nmainnet = 1",
                        "2:1: chains.mainnet: expected a table, [chains.<chain>], found a number"),
                arguments(
                        NODE + "labels = \"a\"",
                        "3:1: chains.mainnet.nodes.geth-1.labels: expected a table, { name = \"text\" }, found \"a\""),
                // ranges
                arguments(
                        "[dispatch]\nattempts = 0",
                        "2:1: dispatch.attempts: expected a whole number from 1 to 100, found 0"),
                arguments(
                        "[dispatch]\nretry_budget = 1.5",
                        "2:1: dispatch.retry_budget: expected a number from 0 to 1, found 1.5"),
                arguments(
                        "[dispatch]\nretry_budget = nan",
                        "2:1: dispatch.retry_budget: expected a number from 0 to 1, found NaN"),
                arguments(
                        "[server.limits]\nbody = \"2GiB\"",
                        "2:1: server.limits.body: expected a size such as \"64KiB\" or \"5MiB\", from 1KiB to 1GiB, "
                                + "found \"2GiB\""),
                arguments("[server]\nlisten = \":70000\"", "2:1: server.listen: expected a port from 0 to 65535"),
                arguments(
                        "[server]\nlisten = \"999.0.0.1:80\"",
                        "2:1: server.listen: expected an IP address, or nothing, before the port"),
                arguments(
                        "[server]\ncors_origins = [\"https://a.example/\"]",
                        "2:17: server.cors_origins[0]: expected * or an origin such as \"https://app.example.com\", "
                                + "without a path, found a text of 18 characters"),
                // missing
                arguments(
                        "[chains.mainnet.nodes.geth-1]\nweight = 5",
                        "1:1: chains.mainnet.nodes.geth-1: the key url is missing; it has no default"),
                arguments("[server]\nlisten = []", "2:1: server.listen: expected at least one address"),
                // names
                arguments(
                        "[chains.Mainnet.nodes.a]\nurl = \"http://a\"",
                        "1:1: chains.Mainnet: expected a chain name of at most 63 lower-case letters, digits and "
                                + "dashes, beginning with a letter or digit"),
                arguments(
                        "[chains.1.nodes.a]\nurl = \"http://a\"",
                        "1:1: chains.1: a chain name cannot be a number; write a name, and the number as id = 1"),
                arguments(
                        "[chains.metrics.nodes.a]\nurl = \"http://a\"",
                        "1:1: chains.metrics: a chain cannot be called metrics: that path is kept for the "
                                + "gateway itself; choose another name, such as my-metrics"),
                arguments(
                        "[chains.WS.nodes.a]\nurl = \"http://a\"",
                        "1:1: chains.WS: a chain cannot be called WS: that path is kept for the "
                                + "gateway itself; choose another name, such as my-ws"),
                arguments(
                        "[chains.a.nodes.-a]\nurl = \"http://a\"",
                        "1:1: chains.a.nodes.-a: expected a node name of at most 63 lower-case letters, digits and "
                                + "dashes, beginning with a letter or digit"),
                arguments(
                        NODE + "labels = { \"a b\" = \"x\" }",
                        "3:12: chains.mainnet.nodes.geth-1.labels.\"a b\": expected a label name that begins with a "
                                + "letter, of letters, digits, dots and dashes"),
                arguments(
                        NODE + "headers = { Content-Length = \"1\" }",
                        "3:13: chains.mainnet.nodes.geth-1.headers.Content-Length: the gateway sets this itself; "
                                + "remove it"),
                arguments(
                        NODE + "headers = { TE = \"1\" }",
                        "3:13: chains.mainnet.nodes.geth-1.headers.TE: the gateway sets this itself; remove it"),
                arguments(
                        NODE + "headers = { " + many(33) + " }",
                        "3:1: chains.mainnet.nodes.geth-1.headers: expected at most 32, found 33"),
                arguments(
                        NODE + "labels = { " + many(33) + " }",
                        "3:1: chains.mainnet.nodes.geth-1.labels: expected at most 32, found 33"),
                // nodes
                arguments(
                        "[chains.mainnet.nodes.a]\nurl = \"10.0.0.5:8545\"",
                        "2:1: chains.mainnet.nodes.a.url: expected http://host… or https://host…, found no ://"),
                arguments(
                        NODE + "ws_url = \"http://a\"",
                        "3:1: chains.mainnet.nodes.geth-1.ws_url: expected ws://host… or wss://host…, found http://"),
                arguments(
                        NODE + "tls = { ca = \"no/such.pem\" }",
                        "3:9: chains.mainnet.nodes.geth-1.tls.ca: there is no such file that this process may read; a "
                                + "relative path starts at the configuration file"),
                arguments(
                        "[chains.mainnet.nodes.geth-1]\nurl = \"https://a\"\ntls = { certificate = \"pom.xml\" }",
                        "3:1: chains.mainnet.nodes.geth-1.tls: certificate and key need each other; give both or "
                                + "neither"),
                arguments(
                        NODE + "auth = { user = \"u\" }",
                        "3:1: chains.mainnet.nodes.geth-1.auth: the key password is missing; it has no default"),
                arguments(
                        "[chains.m.nodes.a]\nurl = \"http://u:p@a\"\nauth = { user = \"v\", password = \"q\" }",
                        "2:1: chains.m.nodes.a.url: other credentials than elsewhere in this node; keep those in auth "
                                + "only"),
                arguments(
                        NODE + "tls = { ca = \"pom.xml\" }",
                        "3:1: chains.mainnet.nodes.geth-1.tls: expected an https URL beside tls, found http; change the "
                                + "URL, or remove tls"),
                // doubles
                arguments(
                        "[chains.mainnet.nodes.a]\nurl = \"http://169.254.169.254/latest\"",
                        "2:1: chains.mainnet.nodes.a.url: " + LinkLocalAddress.REFUSAL),
                arguments(
                        "[chains.mainnet.nodes.a]\nurl = \"http://geth:1\"\n[chains.mainnet.nodes.b]\nurl = \"http://GETH:1/\"",
                        "4:1: chains.mainnet.nodes.b.url: the node a has this URL too; remove one of them"),
                arguments(
                        NODE + "[chains.mainnet.nodes.b]\nurl = \"http://10.0.0.5:8545\"",
                        "4:1: chains.mainnet.nodes.b.url: the node geth-1 has this URL too; remove one of them"),
                arguments(
                        "[chains.a]\nid = 5\nnodes.n.url = \"http://a\"\n[chains.b]\nid = 5\nnodes.n.url = \"http://b\"",
                        "5:1: chains.b.id: the chain a has this id too; put the nodes of one chain together"),
                arguments(
                        "[chains.mainnet]\nleaders = [\"geth-1\", \"geth-1\"]\n" + NODE,
                        "2:22: chains.mainnet.leaders[1]: the same as element [0]; remove one of them"),
                arguments(
                        "[server]\nlisten = [\":80\", \"127.0.0.1:80\"]",
                        "2:1: server.listen: two of the addresses are one: every interface includes the others with its "
                                + "port"),
                // references
                arguments(
                        "[chains.mainnet]\nleaders = [\"infura\"]\n" + NODE,
                        "2:12: chains.mainnet.leaders[0]: the chain has no node infura; known here: geth-1"),
                arguments(
                        "[chains.mainnet]\nleaders = [\"get-1\"]\n" + NODE,
                        "2:12: chains.mainnet.leaders[0]: the chain has no node get-1; did you mean geth-1?"),
                arguments(
                        "[chains.mainnet]\nleaders = [\"infura\"]\n",
                        "2:12: chains.mainnet.leaders[0]: the chain has no node infura; it has none at all"),
                arguments(
                        NODE + "[chains.mainnet.groups.x]\nmethods = \"a\"\nnodes = [\"geth-1\",\n \"geth-2\"]",
                        "6:2: chains.mainnet.groups.x.nodes[1]: the chain has no node geth-2; did you mean geth-1?"),
                // groups
                arguments(
                        NODE + "[chains.mainnet.groups.x]\nnodes = [\"geth-1\"]",
                        "3:1: chains.mainnet.groups.x: expected methods, or a route that names the group, or no call would reach it"),
                arguments(
                        NODE + "[chains.mainnet.groups.x]\nmethods = []",
                        "4:1: chains.mainnet.groups.x.methods: expected methods, or a route that names the group, or no call would reach it"),
                arguments(
                        NODE + "[chains.mainnet.groups.default]\nmethods = [\"eth_call\"]",
                        "4:1: chains.mainnet.groups.default.methods: the group default answers what no other group "
                                + "claims; remove its methods"),
                arguments(
                        NODE
                                + "[chains.mainnet.groups.x]\nmethods = [\"a*\"]\n[chains.mainnet.groups.y]\nmethods = [\"a*\"]",
                        "6:1: chains.mainnet.groups.y.methods: the group x claims one of these methods too"),
                arguments(
                        NODE + "[chains.mainnet.groups.x]\nmethods = [\"*_call\"]",
                        "4:12: chains.mainnet.groups.x.methods[0]: expected a method, or the beginning of some with a "
                                + "star: \"debug_*\", found \"*_call\""),
                // who may call what
                arguments(
                        NODE + "[[routes]]\nmethods = [\"eth_call\"]\ngroup = \"x\"",
                        "5:1: routes[0].group: expected a group of the chain mainnet, found another name; declare it as"
                                + " [chains.<chain>.groups.x]"),
                arguments(
                        NODE + "[[limits]]\nrate = \"1/s\"\nchain = \"other\"",
                        "5:1: limits[0].chain: expected the name of a chain in this file, found another one"),
                arguments(
                        NODE + "[[limits]]\nrate = \"1/s\"\n[[limits]]\nrate = \"1/s\"",
                        "6:1: limits[1].rate: the same as limits[0]; remove one"),
                arguments(
                        "[tenants.t]\naddresses = [\"0x12\"]",
                        "2:14: tenants.t.addresses[0]: expected an address, 0x and 40 hex digits, found \"0x12\""),
                arguments(
                        "[tenants.t]\norigins = \"example.com\"",
                        "2:1: tenants.t.origins: expected an origin such as \"https://*.example.com\", found no scheme: "
                                + "browsers send https://example.com, so write that, or *://example.com"),
                arguments(
                        "[[limits]]\nrate = \"1/s\"\nexempt_origins = [\"https://a.example/app\"]",
                        "3:19: limits[0].exempt_origins[0]: expected an origin such as \"https://*.example.com\", found a "
                                + "path: an origin ends with its host and port"),
                arguments(
                        "[[limits]]\nrate = \"1/s\"\nexempt_agents = [\" bot\"]",
                        "3:18: limits[0].exempt_agents[0]: expected a text with stars for what may be anything, without "
                                + "space around it: \"uptime-*\", found \" bot\""),
                arguments(
                        "[[limits]]\nrate = \"fast\"",
                        "2:1: limits[0].rate: expected a rate such as \"100/s\" or \"2000/5m\", of a window from 100ms to"
                                + " 31d, found \"fast\""),
                arguments(
                        "[tenants.public]\nrate = \"1/s\"",
                        "1:1: tenants.public: callers without a key are called public already; say of them what holds"
                                + " in [policy], [[routes]] and [[limits]], with tenant = \"public\""),
                arguments(
                        "[[limits]]\nrate = \"9/s\"\nfixed = true\nburst = 9",
                        "4:1: limits[0].burst: expected no burst beside fixed = true, which gives all credits of a window"
                                + " at once; remove one of the two"),
                arguments(
                        "policy.credits = { \"debug_*\" = 300, debug_traceCall = 5 }\n"
                                + "[[limits]]\nrate = \"900/s\"\nburst = 100\nmethods = [\"debug_trace*\"]",
                        "4:1: limits[0].burst: a call of debug_traceBadBlock takes 300 credits (policy.credits), and there are"
                                + " never more than 100 here, so that it could never pass; give it fewer credits, or more"
                                + " room here, or deny it"),
                arguments(
                        "policy.credits = { eth_getLogs = 75 }\n[[limits]]\nrate = \"60/m\"\nfixed = true",
                        "3:1: limits[0].rate: a call of eth_getLogs takes 75 credits (policy.credits), and there are never"
                                + " more than 60 here, so that it could never pass; give it fewer credits, or more room"
                                + " here, or deny it"),
                arguments(
                        "policy.limits = [\"public-node\"]\npolicy.credits = { \"*\" = 2001 }",
                        "1:1: policy.limits: a call of * takes 2001 credits (policy.credits), and there are never more"
                                + " than 2000 here, so that it could never pass; give it fewer credits, or more room"
                                + " here, or deny it"),
                arguments(
                        "policy.credits = { eth_getLogs = 75 }\n[tenants.a]\nrate = \"50/s\"",
                        "3:1: tenants.a.rate: a call of eth_getLogs takes 75 credits (policy.credits), and there are never"
                                + " more than 50 here, so that it could never pass; give it fewer credits, or more room"
                                + " here, or deny it"),
                arguments(
                        "policy.credits = { eth_getLogs = 75 }\n[tenants.a]\ndaily = 70",
                        "3:1: tenants.a.daily: a call of eth_getLogs takes 75 credits (policy.credits), more than a whole"
                                + " day has here, so that it could never pass; give it fewer credits, or the day more, or"
                                + " deny it"),
                arguments(
                        "[tenants.a]\nburst = 50",
                        "2:1: tenants.a.burst: expected a rate beside it, found none; say rate = \"100/s\""),
                arguments(
                        "policy.limits = [\"public-node\"]\n[[limits]]\nrate = \"2000/5m\"\nfixed = true",
                        "3:1: limits[0].rate: the same as policy.limits \"public-node\"; remove one"),
                arguments(
                        "[[limits]]\nrate = \"5/s\"\ntenant = \"public\"\nexempt_tenants = [\"public\"]",
                        "4:1: limits[0].exempt_tenants: the limit counts the calls of public alone, and here they are"
                                + " exempt; remove one of the two"),
                // what must fit together
                arguments(
                        "[admin]\nlisten = \":8081\"",
                        "2:1: admin.listen: an address that is not loopback needs admin.token, found none; set a "
                                + "token, or listen on 127.0.0.1"),
                arguments(
                        "[admin]\nlisten = \"127.0.0.1:8080\"",
                        "2:1: admin.listen: the clients' listener has this port (server.listen); give each its own"),
                arguments(
                        "[dispatch]\neject = \"2m\"",
                        "2:1: dispatch.eject: eject (120s) is longer than eject_at_most (60s); make it shorter"),
                arguments(
                        "[chains.m.dispatch]\ndeadline = \"61s\"",
                        "2:1: chains.m.dispatch.deadline: expected at most server.timeouts.call (60s), which holds for "
                                + "all, found 61s"),
                arguments(
                        "[server.timeouts]\ncall = \"20s\"\n[chains.m.groups.default.dispatch]\ndeadline = \"21s\"",
                        "4:1: chains.m.groups.default.dispatch.deadline: expected at most server.timeouts.call (20s), which "
                                + "holds for all, found 21s"),
                // environment
                arguments(
                        "[admin]\ntoken = \"${TOKEN}\"",
                        "2:1: admin.token: the environment variable TOKEN is not set; set it, or write "
                                + "${TOKEN:-default}"),
                arguments(
                        "[admin]\ntoken = \"${1TOKEN}\"",
                        "2:1: admin.token: expected ${NAME} or ${NAME:-default} after ${; write $${ where ${ itself "
                                + "is meant"),
                // syntax
                arguments(
                        "[server]\nlisten =",
                        "2:9: unexpected end of input, expected a value; text stands in double quotes"),
                arguments("a = 1 b", "1:7: unexpected 'b', expected a newline or end-of-input"),
                arguments(
                        "[store]\n[store]", "2:1: store previously defined at line 1, column 1; keep one of the two"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "auth = { user = \"proj1d:#\", password = \"x\" }",
                "auth = { user = \"#\\u0007\", password = \"x\" }",
                "auth = { user = [\"#\"], password = \"x\" }",
                "auth = { user = 739184, password = 739184 }",
                "auth = { user = \"${#}\", password = \"x\" }",
                "auth = { user = \"a:${X:-#}\", password = \"x\" }",
                "auth = { password = \"#\\u0007\" }",
                "auth = { password = { file = \"a\", # = \"b\" } }",
                "auth = { password = { # = \"b\" } }",
                "auth = { password = \"${#}\" }",
                "auth = { password = \"x${#:\" }",
                "auth = { password = [\"#\"] }",
                "auth = { password = \"x\", # = 1 }",
                "auth = { password = \"x\", \"pass:#\" = 1 }",
                "auth = { password = \"x\", password.# = 1 }",
                "auth = \"proj1d:#\"",
                "auth = [\"#\"]",
                "auth = #",
                "auth = { user = #, password = x }",
                "auth = { password = proj:# }",
                "headers = { X-Key = \"#é\" }",
                "headers = { X-Key = [\"#\"] }",
                "headers = { X-Key = { # = 1 } }",
                "headers = { \"Authorization: Bearer #\" = \"x\" }",
                "headers = { \"Bearer #\" = 1 }",
                "headers = [\"X-Key: #\"]",
                "headers = \"X-Key: #\"",
                "headers = { X-Key = # }",
                "tls = { key = \"#\\u0000\" }",
                "tls = { key = \"#\" }",
                "tls = { certificate = [\"#\"] }",
                "tls = { ca = \"${#}\" }",
                "tls = \"#\"",
                "ws_url = \"proj:#\"",
                "ws_url = \"ws://u:# @127.0.0.1\"",
                "ws_url = \"ws://127.0.0.1:739184\"",
                "ws_url = [\"ws://u:#@127.0.0.1\"]",
                "ws_url = ws://u:#@127.0.0.1",
                "ws_url = \"${#}\"",
                "\"https://127.0.0.1/v3/#\" = 1",
                "# = 1",
            })
    void noFaultRepeatsWhatMayBeASecret(String line) {
        for (String secret : List.of("S3cr3tT0k3n99", "s3cr3tt0k3n")) {
            String toml = NODE + line.replace("#", secret);

            assertThat(String.join("\n", faults(toml)))
                    .doesNotContainIgnoringCase("s3cr3tt0k3n")
                    .doesNotContain("73918");
        }
    }

    @Test
    void aTokenIsNotRepeatedEither() {
        for (String line :
                List.of("token = [\"#\"]", "token = { file = \"x\", # = 1 }", "token = \"#\\u0007\"", "# = 1")) {
            String toml = "[admin]\n" + line.replace("#", "S3cr3tT0k3n99");

            assertThat(String.join("\n", faults(toml))).doesNotContain("S3cr3t");
        }
    }

    @Test
    void aTextWithoutQuotesIsToldWhatItLacks() {
        for (String value : List.of("127.0.0.1:8545", "http://127.0.0.1:8545", "10s", "geth-1")) {
            assertThat(faults("[chains.mainnet.nodes.a]\nurl = " + value).getFirst())
                    .endsWith("; text stands in double quotes");
        }
    }

    @Test
    void allFaultsAreToldAtOnceInTheOrderOfTheFile() {
        var toml = """
                [server]
                gzip = "no"
                listn = ":80"
                [chains.mainnet]
                id = -1
                leaders = ["x"]
                [chains.mainnet.nodes.a]
                url = "ftp://a"
                """;

        assertThat(faults(toml))
                .extracting(fault -> fault.substring(0, fault.indexOf(": ", fault.indexOf(": ") + 1)))
                .containsExactly(
                        "fairlead.toml:2:1: server.gzip",
                        "fairlead.toml:3:1: server.listn",
                        "fairlead.toml:5:1: chains.mainnet.id",
                        "fairlead.toml:6:12: chains.mainnet.leaders[0]",
                        "fairlead.toml:8:1: chains.mainnet.nodes.a.url");
    }

    @Test
    void everyFaultOfSyntaxIsToldWithWhatStandsBeforeTheFirst() {
        var toml = """
                [server]
                gzp = true
                listen = 127.0.0.1:80
                [logs
                levle = "info"
                format =
                """;

        assertThat(faults(toml))
                .containsExactly(
                        "fairlead.toml:2:1: server.gzp: unknown key; did you mean gzip?",
                        "fairlead.toml:3:15: unexpected '.', expected a newline or end-of-input; text stands in "
                                + "double quotes",
                        "fairlead.toml:4:6: unexpected end of line, expected ]",
                        "fairlead.toml:6:9: unexpected end of line, expected a value; text stands in double quotes");
    }

    @Test
    void aKeyThatStandsTwiceHidesNoOtherFault() {
        var toml = """
                [server]
                gzip = true
                gzip = "no"
                listn = ":80"
                [chains.mainnet]
                leaders = ["infuraa"]
                id = 1
                id = 2
                [chains.mainnet.nodes.infura]
                weight = 0
                [chains.test.nodes.a]
                url = "http://127.0.0.1:1"
                [chains.test.nodes.b]
                url = "http://127.0.0.1:1/"
                """;

        assertThat(places(toml))
                .containsExactly(
                        "3:1: gzip previously defined at line 2, column 1; keep one of the two",
                        "4:1: server.listn",
                        "6:12: chains.mainnet.leaders[0]",
                        "8:1: id previously defined at line 7, column 1; keep one of the two",
                        "9:1: chains.mainnet.nodes.infura",
                        "10:1: chains.mainnet.nodes.infura.weight",
                        "14:1: chains.test.nodes.b.url");
    }

    @Test
    void behindAFaultOfSyntaxTheNextTableIsReadAgain() {
        var toml = """
                [server]
                gzip = oops
                spilled = 1
                [chains.mainnet.nodes.a]
                wieght = 1
                [chains.mainnet.nodes.a]
                url = "http://127.0.0.1:1"
                capacity = 0
                [logs]
                levl = "info"
                [[
                level = 1
                [store]
                x = 1
                """;

        assertThat(places(toml))
                .containsExactly(
                        "2:8: unexpected 'o', expected a value; text stands in double quotes",
                        "5:1: chains.mainnet.nodes.a.wieght",
                        "6:1: chains.mainnet.nodes.a previously defined at line 4, column 1; keep one of the two",
                        "10:1: logs.levl",
                        "11:3: unexpected end of line, expected a key or ]]",
                        "14:1: store.x");
    }

    /// Without the file's name, and what was expected there.
    private static List<String> places(String toml) {
        return faults(toml).stream()
                .map(fault ->
                        fault.replaceFirst("^fairlead.toml:", "").replaceFirst("^([0-9:]+ [a-z0-9.\\[\\]]+): .*", "$1"))
                .toList();
    }

    @Test
    void aFaultyNodeIsNotAlsoToldAsMissing() {
        var toml = "[chains.m]\nleaders = [\"a\"]\n[chains.m.nodes.a]\nurl = \"nonsense\"";

        assertThat(faults(toml)).singleElement().asString().contains("4:1: chains.m.nodes.a.url");
    }

    @Test
    void twoFaultyUrlsAreNotTheSameUrl() {
        var toml = "[chains.m.nodes.a]\nurl = \"x\"\n[chains.m.nodes.b]\nurl = \"y\"";

        assertThat(faults(toml)).hasSize(2).allMatch(fault -> fault.contains("found no ://"));
    }

    private static String many(int words) {
        return IntStream.range(0, words).mapToObj(i -> "x" + i + " = \"y\"").collect(Collectors.joining(", "));
    }
}
