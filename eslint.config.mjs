import js from "@eslint/js";
import tseslint from "typescript-eslint";

const CLOCK = "Use the clock of provider/common/clock.ts.";

export default tseslint.config(
  { ignores: ["**/dist/", "coverage/", "**/node_modules/", "sdk/types/"] },
  js.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true, allowBoolean: true },
      ],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/no-unnecessary-condition": [
        "error",
        { allowConstantLoopConditions: "only-allowed-literals" },
      ],
      "no-console": "error",
    },
  },
  {
    // An operation runs on the clock that it is given: time and chance come from one file.
    files: ["provider/**/*.ts"],
    ignores: ["provider/common/clock.ts"],
    rules: {
      "no-restricted-globals": [
        "error",
        ...["performance", "setTimeout", "setInterval", "setImmediate"].map((name) => ({
          name,
          message: CLOCK,
        })),
      ],
      "no-restricted-imports": [
        "error",
        ...["timers", "timers/promises", "perf_hooks"].flatMap((name) =>
          [name, `node:${name}`].map((spelling) => ({ name: spelling, message: CLOCK })),
        ),
      ],
      "no-restricted-properties": [
        "error",
        { object: "Date", property: "now", message: CLOCK },
        { object: "Math", property: "random", message: CLOCK },
        { object: "AbortSignal", property: "timeout", message: CLOCK },
      ],
      "no-restricted-syntax": [
        "error",
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: CLOCK },
      ],
    },
  },
  {
    // Scripts and examples talk to a terminal; tests assert on values they have just checked.
    files: ["tools/**/*.{ts,mjs,cjs}", "examples/**/*.ts", ".mocharc*.cjs"],
    languageOptions: { globals: { console: "readonly", process: "readonly", URL: "readonly" } },
    rules: { "no-console": "off" },
  },
  {
    // Node's test runner itself waits for its tests.
    files: ["examples/**/*.ts"],
    rules: {
      "@typescript-eslint/no-floating-promises": [
        "error",
        {
          allowForKnownSafeCalls: [
            { from: "package", package: "node:test", name: ["after", "before", "test"] },
          ],
        },
      ],
    },
  },
  {
    files: ["test/**/*.ts"],
    rules: {
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/no-unused-expressions": "off",
    },
  },
);
