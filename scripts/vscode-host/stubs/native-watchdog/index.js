// The real module is a compiled add-on that ends the extension host when its parent is gone;
// the launcher ends the whole process group instead.
exports.start = () => {};
