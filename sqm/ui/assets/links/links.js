// Links inside our HTML blocks are real addresses: they open in a new tab and work without this file, by a full load.
// Here a plain click stays in the running session; the server decides what it may open, as for any address.
export default function (component) {
  const { setTriggerValue, parentElement } = component;
  const onClick = (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link = event.target instanceof Element ? event.target.closest("a.sqm-go, tr[data-go]") : null;
    if (!link) return;
    const address = link.dataset.go || link.getAttribute("href");
    if (!address) return;
    event.preventDefault();
    const there = new URL(address, document.baseURI);
    if (address.startsWith("?") || there.pathname === window.location.pathname) {
      setTriggerValue("followed", address);
      return;
    }
    // Another page: the address changes as with Back and Forward, which costs one run of the script instead of two.
    window.history.pushState({}, "", there.pathname + there.search);
    window.dispatchEvent(new PopStateEvent("popstate"));
  };
  document.addEventListener("click", onClick);
  return () => document.removeEventListener("click", onClick);
}
