(function () {
  'use strict';
  var order = new Intl.Collator(undefined, { numeric: true });

  // What a row is sorted by: a number, a text, or null where there is nothing, which stays last either way.
  function keyOf(row, column, isNumber) {
    var cell = row.cells[column], value = cell.getAttribute('data-v');
    if (value === null) value = cell.textContent.trim();
    if (value === '') return null;
    return isNumber ? Number(value) : value;
  }

  function sort(table, heads, column) {
    var head = heads[column], body = table.tBodies[0], isNumber = head.classList.contains('n');
    var before = head.getAttribute('aria-sort'), first = head.getAttribute('data-first') || 'ascending';
    var way = before === null ? first : before === 'ascending' ? 'descending' : 'ascending';
    var sign = way === 'ascending' ? 1 : -1;
    var rows = Array.prototype.map.call(body.rows, function (row) {
      return { row: row, key: keyOf(row, column, isNumber) };
    });
    rows.sort(function (a, b) {
      if (a.key === null || b.key === null) return (a.key === null) - (b.key === null);
      return sign * (isNumber ? a.key - b.key : order.compare(a.key, b.key));
    });
    var all = document.createDocumentFragment();
    rows.forEach(function (entry) { all.appendChild(entry.row); });
    body.appendChild(all);
    heads.forEach(function (other) { other.removeAttribute('aria-sort'); });
    head.setAttribute('aria-sort', way);
  }

  document.querySelectorAll('table').forEach(function (table) {
    var heads = Array.prototype.slice.call(table.tHead.rows[0].cells);
    // A name that is cut is shown whole under the pointer.
    table.addEventListener('mouseover', function (event) {
      var cell = event.target.closest('th, td');
      if (cell && cell.scrollWidth > cell.clientWidth) cell.title = cell.textContent;
    });
    heads.forEach(function (head, column) {
      var button = document.createElement('button');
      button.type = 'button';
      button.title = head.textContent;
      while (head.firstChild) button.appendChild(head.firstChild);
      head.appendChild(button);
      button.addEventListener('click', function () { sort(table, heads, column); });
    });
  });
})();
