// Stands in for the module `vscode`: the few things that the tests look at are real, the rest are
// empty classes, so that modules that extend or name them can be loaded.
class EventEmitter {
  constructor() {
    this.listeners = new Set();
    this.event = (listener) => {
      this.listeners.add(listener);
      return { dispose: () => this.listeners.delete(listener) };
    };
  }
  fire(value) {
    this.listeners.forEach((listener) => listener(value));
  }
  dispose() {
    this.listeners.clear();
  }
}

class Uri {
  constructor(text) {
    this.text = text;
    const [, scheme, path] = /^([a-z-]+):(?:\/\/)?(.*)$/.exec(text);
    Object.assign(this, { scheme, path, fsPath: path });
  }
  static parse(text) {
    return new Uri(text);
  }
  static from({ scheme, path, query }) {
    return Object.assign(new Uri(`${scheme}:${path}`), { query, text: `${scheme}:${path}?${query}` });
  }
  toString() {
    return this.text;
  }
}

const nothing = { dispose() {} };

/** Events that never happen, beside what is there. */
const withEvents = (there) =>
  new Proxy(there, {
    get: (target, name) => (/^on(Did|Will)/.test(String(name)) && !(name in target) ? () => nothing : target[name]),
  });
const settings = {};

/** A question to the user: the next of the prepared answers answers it. */
const question =
  (kind) =>
  (...call) => {
    base.asked.push([kind, ...call]);
    const next = base.answers.shift();
    return Promise.resolve(typeof next === "function" ? next(...call) : next);
  };

const base = {
  version: "1.91.0",
  TabInputTextDiff: class {},
  EventEmitter,
  Uri,
  settings,
  executed: [],
  asked: [],
  answers: [],
  written: [],
  workspace: withEvents({
    isTrusted: true,
    workspaceFolders: [],
    textDocuments: [],
    fs: {
      writeFile(uri, bytes) {
        base.written.push([uri.fsPath, Buffer.from(bytes).toString("utf8")]);
        return Promise.resolve();
      },
    },
    getConfiguration: (section) => ({
      get: (key, otherwise) => settings[`${section}.${key}`]?.value ?? otherwise,
      inspect: (key) => settings[`${section}.${key}`]?.said ?? {},
    }),
  }),
  commands: {
    registered: {},
    registerCommand(name, run) {
      this.registered[name] = run;
      return nothing;
    },
    executeCommand(...call) {
      base.executed.push(call);
      return Promise.resolve();
    },
  },
  env: { openExternal: question("browser") },
  window: withEvents({
    activeTextEditor: undefined,
    showQuickPick: question("pick"),
    showInputBox: question("input"),
    showInformationMessage: question("message"),
    showOpenDialog: question("open"),
    showSaveDialog: question("save"),
    createStatusBarItem: () => ({ show() {}, dispose() {} }),
    createTextEditorDecorationType: () => nothing,
    tabGroups: withEvents({}),
  }),
};

module.exports = new Proxy(base, {
  get: (target, name) => (name in target ? target[name] : (target[name] = class {})),
  has: () => true,
});
