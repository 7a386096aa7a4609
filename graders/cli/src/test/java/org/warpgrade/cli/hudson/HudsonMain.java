package org.warpgrade.cli.hudson;

import java.io.File;
import java.net.InetSocketAddress;
import org.eclipse.jetty.security.HashLoginService;
import org.eclipse.jetty.security.UserStore;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.webapp.WebAppContext;

/** The program of the server's JVM: {@code HudsonMain PORT WEBAPP SCRATCH}. */
public final class HudsonMain {

    private HudsonMain() {}

    public static void main(String[] args) throws Exception {
        // Its XStream of 2011 creates objects without constructors only on a JVM of Sun's; there is no other way to say
        // so.
        System.setProperty("java.vm.vendor", "Sun Microsystems Inc.");
        System.setProperty("java.vendor", "Sun Microsystems Inc.");
        System.setProperty("java.version", "1.8.0_400");
        Server server = new Server(new InetSocketAddress("127.0.0.1", Integer.parseInt(args[0])));
        WebAppContext hudson = new WebAppContext(args[1], "/");
        hudson.setTempDirectory(new File(args[2]));
        // Its web.xml asks for a login that nobody needs.
        HashLoginService nobody = new HashLoginService("default");
        nobody.setUserStore(new UserStore());
        hudson.getSecurityHandler().setLoginService(nobody);
        server.setHandler(hudson);
        server.start();
        server.join();
    }
}
