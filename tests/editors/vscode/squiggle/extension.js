const vscode = require("vscode");

exports.activate = (context) => {
  const found = vscode.languages.createDiagnosticCollection("squiggle");
  const look = (document) => {
    if (document.languageId !== "python") {
      return;
    }
    const problems = [...document.getText().matchAll(/\breslt\b|\bsomething_else_entirely\b/g)].map((one) => {
      const range = new vscode.Range(
        document.positionAt(one.index),
        document.positionAt(one.index + one[0].length),
      );
      const problem = new vscode.Diagnostic(range, `"${one[0]}" is not defined`);
      problem.source = "Pyright";
      problem.code = "reportUndefinedVariable";
      return problem;
    });
    found.set(document.uri, problems);
  };
  vscode.workspace.textDocuments.forEach(look);
  context.subscriptions.push(
    found,
    vscode.workspace.onDidOpenTextDocument(look),
    vscode.workspace.onDidChangeTextDocument((event) => look(event.document)),
  );
};
