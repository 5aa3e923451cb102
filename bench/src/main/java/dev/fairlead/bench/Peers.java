package dev.fairlead.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// nginx and HAProxy as plain reverse proxies with keep-alive connections to the nodes; as Debian ships them, and tuned
/// for large replies.
final class Peers {
    private final Bench.Place place;
    private final Nodes nodes;
    private final Tls tls;

    /// Whether the port for HTTP/1.1 speaks TLS.
    enum Tls {
        WITH,
        WITHOUT
    }

    Peers(Bench.Place place, Nodes nodes, Tls tls) {
        this.place = place;
        this.nodes = nodes;
        this.tls = tls;
    }

    List<Proxy> all() throws IOException {
        return List.of(
                nginx("nginx", ""),
                nginx("nginx tuned", """
                        proxy_buffer_size 64k;
                        proxy_buffers 32 64k;
                        proxy_busy_buffers_size 512k;
                        proxy_max_temp_file_size 0;
                        """),
                haproxy("haproxy", ""),
                haproxy("haproxy tuned", "tune.bufsize 65536"));
    }

    private Proxy nginx(String name, String tuning) throws IOException {
        Path home = Files.createDirectories(place.work().resolve(name.replace(' ', '-')));
        int port = Ports.free();
        int http2 = Ports.free();
        String certificate = tls == Tls.WITH
                ? "ssl_certificate %s; ssl_certificate_key %s; ssl_session_cache shared:bench:1m;"
                        .formatted(place.certificate(), place.key())
                : "";
        Path file = Files.writeString(home.resolve("nginx.conf"), """
                daemon off;
                user root;
                worker_processes 1;
                pid %1$s/nginx.pid;
                error_log %1$s/error.log warn;
                worker_rlimit_nofile 65536;
                events { worker_connections 16384; }
                http {
                  access_log off;
                  client_body_temp_path %1$s/body; proxy_temp_path %1$s/proxy; fastcgi_temp_path %1$s/fastcgi;
                  uwsgi_temp_path %1$s/uwsgi; scgi_temp_path %1$s/scgi;
                  keepalive_requests 1000000000;
                  upstream nodes {
                %2$s
                    keepalive 512;
                    keepalive_requests 1000000000;
                  }
                %3$s
                %4$s
                  server {
                    listen 127.0.0.1:%5$d %6$s backlog=4096;
                    listen 127.0.0.1:%7$d http2 backlog=4096;
                    location / {
                      proxy_pass http://nodes;
                      proxy_http_version 1.1;
                      proxy_set_header Connection "";
                      proxy_connect_timeout 2s;
                      proxy_read_timeout 4s;
                      proxy_next_upstream error timeout non_idempotent;
                    }
                    location = /unasked {
                      default_type application/json;
                      return 200 '{"jsonrpc":"2.0","id":1,"result":"0x1"}';
                    }
                  }
                }
                """.formatted(
                        home,
                        nodes.each("    server 127.0.0.1:%d;"),
                        tuning,
                        certificate,
                        port,
                        tls == Tls.WITH ? "ssl" : "",
                        http2));
        return new Proxy(name, List.of("nginx", "-c", file.toString()), home, port, http2, 0, Proxy.ROOT, "/unasked");
    }

    private Proxy haproxy(String name, String tuning) throws IOException {
        Path home = Files.createDirectories(place.work().resolve(name.replace(' ', '-')));
        int port = Ports.free();
        int http2 = Ports.free();
        Path pem = home.resolve("bench.pem");
        if (tls == Tls.WITH) {
            Files.writeString(pem, Files.readString(place.certificate()) + Files.readString(place.key()));
        }
        Path file = Files.writeString(home.resolve("haproxy.cfg"), """
                global
                  nbthread 1
                  maxconn 8192
                  %1$s
                defaults
                  mode http
                  timeout connect 2s
                  timeout client 75s
                  timeout server 4s
                  retries 3
                  option redispatch 1
                  retry-on conn-failure empty-response response-timeout
                frontend calls
                  bind 127.0.0.1:%2$d backlog 4096 %3$s
                  bind 127.0.0.1:%4$d backlog 4096 proto h2
                  http-request return status 200 content-type application/json string '{"jsonrpc":"2.0","id":1,"result":"0x1"}' if { path /unasked }
                  default_backend nodes
                backend nodes
                  balance roundrobin
                %5$s
                """.formatted(
                        tuning, port, tls == Tls.WITH ? "ssl crt " + pem : "", http2, servers()));
        return new Proxy(
                name, List.of("haproxy", "-db", "-f", file.toString()), home, port, http2, 0, Proxy.ROOT, "/unasked");
    }

    private String servers() {
        boolean alone = nodes.ports().size() == 1;
        return nodes.each("  server n%1$d 127.0.0.1:%1$d" + (alone ? "" : " check inter 2s"));
    }
}
