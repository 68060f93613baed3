// The link's secret stands behind the # of the address, which no server is sent: it goes into the form from there.
const form = document.getElementById("copies");
const secret = location.hash.slice(1);
if (form && secret) {
  form.elements.link.value = secret;
  form.action = `/copies#${secret}`; // so that it is still there after a wrong code
  document.getElementById("link-field").hidden = true;
  form.elements.code.focus();
}
