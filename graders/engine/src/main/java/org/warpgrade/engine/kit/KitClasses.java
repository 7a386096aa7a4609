package org.warpgrade.engine.kit;

import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.RuntimeVisibleAnnotationsAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.Locale;
import org.warpgrade.engine.check.Bench;
import org.warpgrade.engine.check.ChecksFor;
import org.warpgrade.engine.check.GradedCheck;

/**
 * Makes, for an assignment, a class with one method for each recorded check, so that the grader finds them as it finds
 * all checks.
 */
final class KitClasses {

    private static final ClassDesc BENCH = desc(Bench.class);

    private KitClasses() {}

    /** The class's name with slashes. */
    static String name(String assignment) {
        return "org/warpgrade/checks/kit/K" + assignment.replaceAll("[^A-Za-z0-9]", "_") + "_Checks";
    }

    static byte[] of(String assignment, List<String> checks) {
        return ClassFile.of().build(ClassDesc.ofInternalName(name(assignment)), type -> {
            type.withFlags(ClassFile.ACC_PUBLIC | ClassFile.ACC_FINAL);
            type.with(annotation(ChecksFor.class, assignment));
            type.withMethodBody(
                    ConstantDescs.INIT_NAME,
                    ConstantDescs.MTD_void,
                    ClassFile.ACC_PUBLIC,
                    code -> code.aload(0)
                            .invokespecial(ConstantDescs.CD_Object, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void)
                            .return_());
            for (String check : checks) {
                type.withMethod(
                        check.toLowerCase(Locale.ROOT),
                        MethodTypeDesc.of(ConstantDescs.CD_void, BENCH),
                        ClassFile.ACC_PUBLIC,
                        method -> method.with(annotation(GradedCheck.class, check))
                                .withCode(code -> code.aload(1)
                                        .loadConstant(check)
                                        .invokestatic(
                                                desc(RecordedChecks.class),
                                                "replay",
                                                MethodTypeDesc.of(
                                                        ConstantDescs.CD_void, BENCH, ConstantDescs.CD_String))
                                        .return_()));
            }
        });
    }

    private static RuntimeVisibleAnnotationsAttribute annotation(Class<?> type, String value) {
        return RuntimeVisibleAnnotationsAttribute.of(
                Annotation.of(desc(type), AnnotationElement.ofString("value", value)));
    }

    private static ClassDesc desc(Class<?> type) {
        return type.describeConstable().orElseThrow();
    }
}
