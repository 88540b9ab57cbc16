// Finds the sections that hold every word that was typed: those with the words in their heading first.
(function () {
  "use strict";

  var most_shown = 40;
  var context = 90; // characters around the first word that was found

  function words_of(text) {
    return text.toLowerCase().split(/\s+/).filter(function (word) { return word.length > 1; });
  }

  function score_of(section, words) {
    var page = section[1].toLowerCase(), heading = section[2].toLowerCase(), text = section[3].toLowerCase();
    var score = 0;
    for (var i = 0; i < words.length; i++) {
      var in_heading = heading.indexOf(words[i]) >= 0, in_page = page.indexOf(words[i]) >= 0;
      var count = text.split(words[i]).length - 1;
      if (!in_heading && !in_page && count === 0) return 0;
      score += (in_heading ? 20 : 0) + (in_page ? 5 : 0) + Math.min(count, 5);
    }
    return score;
  }

  function excerpt_of(section, words) {
    var at = section[3].toLowerCase().indexOf(words[0]);
    var begin = Math.max(0, at - context);
    return (begin > 0 ? "... " : "") + section[3].slice(begin, begin + 2 * context + words[0].length) + " ...";
  }

  function show(query) {
    var list = document.getElementById("search-results"), count = document.getElementById("search-count");
    list.textContent = "";
    count.textContent = "";
    var words = words_of(query);
    if (words.length === 0) return;
    var found = search_sections
      .map(function (section) { return [score_of(section, words), section]; })
      .filter(function (pair) { return pair[0] > 0; })
      .sort(function (a, b) { return b[0] - a[0]; });
    count.textContent = found.length === 0 ? "No section holds all of these words." :
      found.length + (found.length === 1 ? " section" : " sections") +
      (found.length > most_shown ? ", of which the first " + most_shown + " are shown" : "");
    found.slice(0, most_shown).forEach(function (pair) {
      var section = pair[1], item = document.createElement("li"), link = document.createElement("a");
      link.href = section[0];
      link.textContent = section[2] && section[2] !== section[1] ? section[1] + ": " + section[2] : section[1];
      var text = document.createElement("p");
      text.textContent = excerpt_of(section, words);
      item.appendChild(link);
      item.appendChild(text);
      list.appendChild(item);
    });
  }

  var input = document.getElementById("search-query");
  input.value = new URLSearchParams(window.location.search).get("q") || "";
  input.addEventListener("input", function () { show(input.value); });
  show(input.value);
})();
