package org.warpgrade.cli;

import picocli.CommandLine.IVersionProvider;

/** {@code warpgrade --version}: ours and the JVM's. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {
            "WarpGrade " + (version == null ? "development" : version) + " on Java " + Runtime.version()
        };
    }
}
