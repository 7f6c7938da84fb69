import java.nio.file.Path;
import java.util.Map;
import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.http.HttpServerTransport;
import org.elasticsearch.node.Node;
import org.elasticsearch.plugins.PluginsLoader;

/** One Elasticsearch node on 127.0.0.1. Arguments: home, folder for data and logs. Ends when standard input ends. */
public class Main {
    public static void main(String[] args) throws Exception {
        java.io.PrintStream out = System.out; // LogConfigurator replaces System.out
        Path home = Path.of(args[0]);
        Path state = Path.of(args[1]);
        System.setProperty("es.path.home", home.toString());
        System.setProperty("es.path.conf", home.resolve("config").toString());
        Settings settings = Settings.builder()
            .put("path.home", home.toString())
            .put("path.data", state.resolve("data").toString())
            .put("path.logs", state.resolve("logs").toString())
            .put("cluster.name", "catvang-test")
            .put("node.name", "test")
            .put("discovery.type", "single-node")
            .put("network.host", "127.0.0.1")
            .put("http.port", args.length > 2 ? args[2] : "0")
            .put("transport.port", "0")
            .put("cluster.routing.allocation.disk.threshold_enabled", false)
            .put("action.auto_create_index", false)
            .build();
        Environment environment = new Environment(settings, home.resolve("config"));
        LogConfigurator.loadLog4jPlugins();
        LogConfigurator.setNodeName("test");
        LogConfigurator.configure(environment, true);
        PluginsLoader plugins = PluginsLoader.createPluginsLoader(
            PluginsLoader.loadModulesBundles(environment.modulesDir()),
            PluginsLoader.loadPluginsBundles(environment.pluginsDir()),
            Map.of()
        );
        Node node = new Node(environment, plugins);
        node.start();
        int port = node.injector().getInstance(HttpServerTransport.class).boundAddress().publishAddress().getPort();
        out.println("listening on " + port);
        out.flush();
        while (System.in.read() >= 0) {
            // The test run holds the other end: when it is killed, this ends too.
        }
        node.close();
        System.exit(0);
    }
}
