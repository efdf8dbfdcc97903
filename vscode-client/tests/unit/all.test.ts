import "./arguments.test";
import "./install.test";
import "./locate.test";
import "./masked.test";
import "./ready.test";
import "./settings.test";
import "./status.test";
import "./text.test";
