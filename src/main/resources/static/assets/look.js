// Before the first paint: the theme and the language that this browser chose last.
(function () {
  var root = document.documentElement;
  var kept = function (name) {
    try {
      return localStorage.getItem('lipdrop.' + name);
    } catch (e) {
      return null; // storage is switched off
    }
  };
  var theme = kept('theme');
  if (theme === 'light' || theme === 'dark') {
    root.dataset.theme = theme;
  }
  var wanted = kept('language') || (navigator.languages || [navigator.language || 'en'])
    .map(function (tag) { return tag.slice(0, 2).toLowerCase(); })
    .find(function (tag) { return tag === 'en' || tag === 'zh'; }) || 'en';
  root.lang = wanted === 'zh' ? 'zh-CN' : 'en';
})();
