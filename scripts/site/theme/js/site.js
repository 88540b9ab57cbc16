// The menu: shown and hidden on narrow screens, and its groups opened and closed.
(function () {
  "use strict";

  var button = document.getElementById("menu-button");
  var shifted = document.querySelectorAll('[data-toggle="wy-nav-shift"]');
  button.addEventListener("click", function () {
    var open = button.getAttribute("aria-expanded") !== "true";
    button.setAttribute("aria-expanded", String(open));
    shifted.forEach(function (element) { element.classList.toggle("shift", open); });
  });

  document.querySelectorAll('.wy-menu-vertical a[href="#"]').forEach(function (link) {
    var item = link.parentElement;
    link.classList.add("group");
    link.setAttribute("role", "button");
    link.setAttribute("aria-expanded", String(item.classList.contains("current")));
    link.addEventListener("click", function (event) {
      event.preventDefault();
      link.setAttribute("aria-expanded", String(item.classList.toggle("current")));
    });
  });

  // The page that is open is in sight in a long menu.
  var current = document.querySelector(".wy-menu-vertical a.current:not(.group)");
  var side = document.querySelector(".wy-side-scroll");
  if (current && side && current.offsetTop > side.clientHeight - 60) side.scrollTop = current.offsetTop - side.clientHeight / 2;
})();
