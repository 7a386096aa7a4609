package org.warpgrade.gpu.ptx.isa;

import java.lang.reflect.Method;

/** Calls helpers by name, as an executor finds them. */
final class Helpers {

    private Helpers() {}

    static Method named(String name) {
        PtxMath.MethodRef found = PtxMath.find(name).orElseThrow(() -> new AssertionError("no helper " + name));
        try {
            return found.owner().getMethod(name, found.type().parameterArray());
        } catch (NoSuchMethodException unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    static Object call(Method helper, Object... arguments) {
        try {
            return helper.invoke(null, arguments);
        } catch (ReflectiveOperationException unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    static Object call(String name, Object... arguments) {
        return call(named(name), arguments);
    }
}
