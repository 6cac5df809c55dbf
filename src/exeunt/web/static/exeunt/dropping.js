// Files may be dropped anywhere on the form; without this script they go onto the field itself.

for (const field of document.querySelectorAll("input[type=file][data-drop]")) {
  const form = field.form;
  const hint = document.createElement("p");
  hint.className = "drop";
  hint.textContent = form.dataset.dropped;
  field.after(hint);

  const list = document.createElement("ul");
  list.className = "drop-list";
  list.setAttribute("aria-live", "polite");
  hint.after(list);

  const show = () => {
    list.replaceChildren(
      ...[...field.files].map((file) => {
        const item = document.createElement("li");
        item.dir = "auto";
        item.textContent = file.name;
        return item;
      }),
    );
  };

  form.addEventListener("dragover", (event) => {
    if (![...event.dataTransfer.types].includes("Files")) return;
    event.preventDefault();
    form.classList.add("drop-here");
  });
  form.addEventListener("dragleave", (event) => {
    if (!form.contains(event.relatedTarget)) form.classList.remove("drop-here");
  });
  form.addEventListener("drop", (event) => {
    form.classList.remove("drop-here");
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    const all = new DataTransfer();
    for (const file of [...field.files, ...event.dataTransfer.files]) all.items.add(file);
    field.files = all.files;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    show();
  });
  field.addEventListener("change", show);
}
