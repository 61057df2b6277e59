// Preloaded into yaml-language-server: it waits 200 ms after a change before it validates. That wait isn't work, so
// it is taken out of the measurement.
const { SettingsState } = require('yaml-language-server/out/server/src/yamlSettings.js');

Object.defineProperty(SettingsState.prototype, 'validationDelayMs', { get: () => 0, set() {} });
