// The extension's own tests, inside VS Code's extension host.
import { LIMIT_MS } from "./workbench.mjs";

export default async (workbench, { FOLDER, CLIENT, VSCODE_PORT }) => {
  const lines = [];
  const ended = new Promise((resolve) => {
    workbench.page.exposeFunction("codeAutomationExit", resolve);
    workbench.page.exposeFunction("codeAutomationLog", (_, values) => {
      const text = values.join(" ");
      if (/^(not )?ok - /.test(text)) {
        lines.push(text);
      }
    });
  });
  const at = (path) => `vscode-remote://127.0.0.1:${VSCODE_PORT}${path}`;
  const payload = [
    ["extensionDevelopmentPath", at(CLIENT)],
    ["extensionTestsPath", at(`${CLIENT}/dist/host/suite.js`)],
  ];
  await workbench.open(FOLDER, { trust: undefined, payload });
  await workbench.trust();
  const limit = new Promise((resolve) => setTimeout(resolve, 4 * LIMIT_MS, "no end").unref());
  return { code: await Promise.race([ended, limit]), lines };
};
