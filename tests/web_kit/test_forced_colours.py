"""Where the reader's system chooses the colours, every control keeps an edge, every sign its shape, every stop its ring."""

import pytest

from tests.web_kit.gallery import SHELLS
from tests.web_kit.test_look import browser, site

__all__ = ["browser", "site"]
pytestmark = pytest.mark.e2e
STOPS = 40
SEEN = """
  const channel = v => { v /= 255; return v <= 0.03928 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4) }
  const rgba = said => { const n = said.match(/[0-9.]+/g).map(Number); return n.length < 4 ? [...n, 1] : n }
  const light = c => 0.2126 * channel(c[0]) + 0.7152 * channel(c[1]) + 0.0722 * channel(c[2])
  const ground = node => { for (let n = node; n; n = n.parentElement) {
    const c = rgba(getComputedStyle(n).backgroundColor); if (c[3] === 1) return c } return rgba('rgb(255, 255, 255)') }
  const far = (one, other) => {
    const [a, b] = [light(one), light(other)]; return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) }
  const stands = (colour, behind) => rgba(colour)[3] > 0 && far(rgba(colour), ground(behind)) >= 3
  const shown = node => node.checkVisibility() && node.getBoundingClientRect().width > 1
"""
WITHOUT_AN_EDGE = (
    """() => {"""
    + SEEN
    + """
  const edged = node => { const style = getComputedStyle(node); return ['Top', 'Right', 'Bottom', 'Left'].every(side =>
    style[`border${side}Style`] !== 'none' && parseFloat(style[`border${side}Width`]) >= 1
    && stands(style[`border${side}Color`], node.parentElement)) }
  const framed = node => edged(node) || !!node.closest('.find, .seg') && edged(node.closest('.find, .seg'))
  const own = 'checkbox radio file hidden'.split(' ')
  return [...document.querySelectorAll('input, select, textarea, .btn, .badge, .tag, .chip, .count, .menu summary')]
    .filter(node => shown(node) && !own.includes(node.type) && !framed(node))
    .map(node => `${node.tagName} ${node.id || node.className}`)
}"""
)
PALE_SIGNS = (
    """() => {"""
    + SEEN
    + """
  return [...document.querySelectorAll('svg.disc, svg.i, svg.life')]
    .filter(node => shown(node) && !stands(getComputedStyle(node).color, node.parentElement))
    .map(node => `${node.getAttribute('class')} in ${node.parentElement.outerHTML.slice(0, 80)}`)
}"""
)
WITHOUT_A_RING = (
    """() => {"""
    + SEEN
    + """
  const one = document.activeElement, itself = [one, ...(one.labels || [])].filter(Boolean)
  if (one === document.body) return ''
  if (one.matches('.seg input')) itself.push(one.nextElementSibling)
  const ringed = itself.some(node => { const style = getComputedStyle(node)
    const inside = parseFloat(style.outlineOffset) < 0
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
      && stands(style.outlineColor, inside ? node : node.parentElement) })
  return ringed ? '' : one.outerHTML.slice(0, 120)
}"""
)


@pytest.fixture(params=["light", "dark"])
def tab(request, browser):
    page = browser.new_page(forced_colors="active", color_scheme=request.param)
    page.set_viewport_size({"width": 1280, "height": 900})
    yield page
    page.close()


@pytest.mark.parametrize("shell", SHELLS)
def test_every_control_keeps_an_edge_and_every_sign_stands_out(site, tab, shell):
    for errors in ("", "?errors=1"):
        tab.goto(f"{site}/gallery/{shell}{errors}")
        assert tab.evaluate(WITHOUT_AN_EDGE) == []
        assert tab.evaluate(PALE_SIGNS) == []


@pytest.mark.parametrize("shell", SHELLS)
def test_every_stop_of_the_keyboard_keeps_its_ring(site, tab, shell):
    tab.goto(f"{site}/gallery/{shell}")
    missing = []
    for _ in range(STOPS):
        tab.keyboard.press("Tab")
        missing += filter(None, [tab.evaluate(WITHOUT_A_RING)])
    assert missing == []
