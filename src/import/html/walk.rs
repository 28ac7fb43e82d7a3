//! From the tree of a page to blocks, step by step and never by recursion.
//!
//! What a block is, the markup says: a heading, an item, a quotation, a post that the article embeds. Captions,
//! asides, menus and forms are no words of the article and are passed over whole.

use dom_query::NodeRef;

use super::scan::is_inline;
use crate::import::draft::Words;
use crate::model::BlockKind;

/// Elements that are passed over with all that is in them.
const PASSED_OVER: &[&str] = &[
    "aside", "audio", "button", "canvas", "dialog", "form", "head", "iframe", "input", "math", "menu", "nav",
    "noscript", "object", "script", "select", "style", "svg", "template", "textarea", "title", "video",
];
/// Words in the class of an element that is passed over: bars and boxes around the article.
const BOXES: &[&str] = &[
    "addtoany",
    "caption",
    "credit",
    "legend",
    "lire-aussi",
    "newsletter",
    "read-also",
    "related",
    "share",
    "sharedaddy",
    "sharing",
    "social-share",
    "wp-caption-text",
];
/// Classes of quotations that are embedded posts of a network.
const POSTS: &[&str] = &[
    "twitter-tweet",
    "twitter-video",
    "instagram-media",
    "bluesky-embed",
    "mastodon-embed",
    "tiktok-embed",
    "text-post-media",
    "fb-post",
    "fb-xfbml-parse-ignore",
    "reddit-embed-bq",
    "reddit-card",
];
/// Bytes that a line after a quotation has at most to say whose it is.
const ATTRIBUTION: usize = 200;

/// The blocks of what lies below `root`.
pub(super) fn blocks(root: &NodeRef) -> Vec<(BlockKind, String)> {
    let mut walker = Walker::default();
    let mut node = root.first_child();
    // How deep the walk is below the root.
    let mut depth = 1_usize;
    while let Some(here) = node {
        if walker.enter(&here)
            && let Some(child) = here.first_child()
        {
            depth += 1;
            node = Some(child);
            continue;
        }
        let mut done = here;
        loop {
            walker.leave(&done);
            if let Some(next) = done.next_sibling() {
                node = Some(next);
                break;
            }
            depth -= 1;
            match done.parent() {
                Some(parent) if depth > 0 => done = parent,
                _ => {
                    node = None;
                    break;
                }
            }
        }
    }
    walker.flush();
    walker.blocks
}

#[derive(Default)]
struct Walker {
    blocks: Vec<(BlockKind, String)>,
    words: Words,
    /// The kinds that the elements around give, the innermost last.
    kinds: Vec<BlockKind>,
    /// For each quotation around, where its blocks begin.
    quotes: Vec<usize>,
    /// Posts around; the words of one make a single block.
    posts: usize,
    /// Preformatted elements around.
    preformatted: usize,
}

impl Walker {
    /// Takes up a node. Whether what lies in it is to be read.
    fn enter(&mut self, node: &NodeRef) -> bool {
        if node.is_text() {
            self.take(&node.text());
            return false;
        }
        if !node.is_element() {
            return false;
        }
        let Some(name) = node.node_name() else { return false };
        let name: &str = &name;
        if self.is_passed_over(node, name) {
            return false;
        }
        if name == "br" {
            if self.words.end_line() && self.posts == 0 {
                self.flush();
            }
            return false;
        }
        let kind = self.kind(node, name);
        if kind == Some(BlockKind::Attribution) && self.words.are_a_mark() {
            // The dash before a name goes with it.
        } else if kind.is_some() || !is_inline(name) && !is_cell(name) {
            self.end_block();
        } else if is_cell(name) {
            self.words.push(" ");
        }
        match name {
            "blockquote" if is_post(node) => self.posts += 1,
            "blockquote" => self.quotes.push(self.blocks.len()),
            "pre" => self.preformatted += 1,
            _ => {}
        }
        self.kinds.extend(kind);
        true
    }

    fn leave(&mut self, node: &NodeRef) {
        if !node.is_element() {
            return;
        }
        let Some(name) = node.node_name() else { return };
        let name: &str = &name;
        if name == "br" || self.is_passed_over(node, name) {
            return;
        }
        let kind = self.kind(node, name);
        if kind == Some(BlockKind::Post) && self.posts == 1 || kind.is_some() && self.posts == 0 {
            self.flush();
        } else if kind.is_some() || !is_inline(name) && !is_cell(name) {
            self.end_block();
        }
        if kind.is_some() {
            self.kinds.pop();
        }
        match name {
            "blockquote" if is_post(node) => self.posts = self.posts.saturating_sub(1),
            "blockquote" => {
                if let Some(start) = self.quotes.pop() {
                    self.find_attribution(start);
                }
            }
            "pre" => self.preformatted = self.preformatted.saturating_sub(1),
            _ => {}
        }
    }

    /// The kind that an element gives to the words in it, if it gives one.
    fn kind(&self, node: &NodeRef, name: &str) -> Option<BlockKind> {
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Some(BlockKind::Heading),
            "li" | "dd" if self.posts == 0 && self.quotes.is_empty() => Some(BlockKind::ListItem),
            "blockquote" if is_post(node) => Some(BlockKind::Post),
            "blockquote" => Some(BlockKind::BlockQuote),
            "cite" | "footer" | "figcaption" if signs(node) => Some(BlockKind::Attribution),
            _ => None,
        }
    }

    fn is_passed_over(&self, node: &NodeRef, name: &str) -> bool {
        if PASSED_OVER.contains(&name) || node.has_attr("hidden") || name == "figcaption" && !signs(node) {
            return true;
        }
        let Some(class) = node.class() else { return false };
        let boxed = |token: &str| BOXES.iter().any(|name| token.eq_ignore_ascii_case(name));
        self.posts == 0 && class.split_ascii_whitespace().any(boxed) && !signs(node)
    }

    fn take(&mut self, text: &str) {
        if self.preformatted == 0 {
            return self.words.push(text);
        }
        for (i, line) in text.split('\n').enumerate() {
            if i > 0 && self.words.end_line() {
                self.flush();
            }
            self.words.push(line);
        }
    }

    /// A block ends here, or a line where all around is one post.
    fn end_block(&mut self) {
        if self.posts > 0 {
            self.words.end_line();
        } else {
            self.flush();
        }
    }

    fn flush(&mut self) {
        let kind = self.kinds.last().copied().unwrap_or(BlockKind::Paragraph);
        let words = self.words.take();
        if !words.is_empty() {
            self.blocks.push((kind, words));
        }
    }

    /// Makes the last line of a quotation that began at `start` its attribution, where a dash says so.
    fn find_attribution(&mut self, start: usize) {
        let several = self.blocks.len() > start + 1;
        if let Some((kind, words)) = self.blocks.last_mut().filter(|_| several)
            && *kind == BlockKind::BlockQuote
            && words.len() <= ATTRIBUTION
            && words.starts_with(['—', '–', '―'])
            && !words.ends_with(['.', '!', '?', '…', '»'])
        {
            *kind = BlockKind::Attribution;
        }
    }
}

fn is_cell(name: &str) -> bool {
    matches!(name, "td" | "th")
}

/// Whether a quotation is an embedded post.
pub(super) fn is_post(node: &NodeRef) -> bool {
    node.class().is_some_and(|class| class.split_ascii_whitespace().any(|token| POSTS.contains(&token)))
}

/// Whether an element says whose a quotation is: it stands in one, outside of a post, and ends it; or it is the
/// caption of a figure that holds one.
fn signs(node: &NodeRef) -> bool {
    if node.has_name("figcaption") {
        return node.parent().is_some_and(|figure| {
            figure.children_it(false).any(|child| child.has_name("blockquote") && !is_post(&child))
        });
    }
    if !node.has_name("cite") && !node.has_name("footer") {
        return false;
    }
    let mut here = *node;
    // Few elements lie between a quotation and its signature.
    for _ in 0..4 {
        let mut next = here.next_sibling();
        while let Some(sibling) = next {
            if !sibling.text().trim().is_empty() {
                return false;
            }
            next = sibling.next_sibling();
        }
        let Some(parent) = here.parent() else { return false };
        if parent.has_name("blockquote") {
            return !is_post(&parent);
        }
        if parent.has_name("cite") || parent.has_name("footer") {
            // The outer one does.
            return false;
        }
        here = parent;
    }
    false
}
