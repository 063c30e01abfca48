#include "compiler/parse/expectation.h"

#include <vector>

#include <fmt/format.h>
#include <grammar/SchemaParser.h>

#include "compiler/parse/keywords.h"
#include "compiler/support/characters.h"

namespace schemac::parse {

bool Contains(const antlr4::misc::IntervalSet& tokens, std::size_t type) { return tokens.contains(type); }

namespace {

using grammar::SchemaParser;

// What the rule is a name of.
std::string_view NamedThing(std::size_t rule) {
  switch (rule) {
    case SchemaParser::RuleColumn:
      return "a column name";
    case SchemaParser::RuleTableHead:
      return "a table name";
    case SchemaParser::RuleMixin:
      return "a mixin name";
    case SchemaParser::RuleEnumType:
    case SchemaParser::RuleAlterEnum:
      return "an enum name";
    case SchemaParser::RuleExtension:
      return "an extension name";
    case SchemaParser::RuleSchemaDirective:
      return "a schema name";
    case SchemaParser::RuleTrigger:
      return "a trigger name";
    case SchemaParser::RulePolicy:
      return "a policy name";
    case SchemaParser::RuleRule_:
      return "a rule name";
    case SchemaParser::RuleNames:
      return "a column name";
    case SchemaParser::RuleIndexKey:
      return "a column name or an expression in parentheses";
    case SchemaParser::RuleReferences:
    case SchemaParser::RuleAlterTable:
    case SchemaParser::RuleSeed:
    case SchemaParser::RuleBackfill:
      return "a table name";
    case SchemaParser::RuleSeedValue:
      return "a column name";
    case SchemaParser::RuleTableAction:
      return "a column name";
    case SchemaParser::RuleTypeName:
      return "a type";
    case SchemaParser::RuleSimpleExpression:
    case SchemaParser::RuleOperand:
    case SchemaParser::RuleValue:
      return "a value";
    case SchemaParser::RuleConstraintName:
      return "a constraint name";
    case SchemaParser::RuleOption:
      return "an option";
    case SchemaParser::RuleWas:
      return "the old name";
    default:
      return "a name";
  }
}

// What stands where the rule begins; "" when its tokens say it better.
std::string_view Described(const antlr4::RuleContext* context) {
  const auto* inner = context;
  while (inner->parent != nullptr) {
    switch (inner->getRuleIndex()) {
      case SchemaParser::RuleIdentifier:
      case SchemaParser::RuleQualifiedName:
      case SchemaParser::RuleUnreservedKeyword:
      case SchemaParser::RuleValueWord:
      case SchemaParser::RuleOptionKey:
      case SchemaParser::RuleTargetName:
        inner = dynamic_cast<const antlr4::RuleContext*>(inner->parent);
        continue;
      default:
        return NamedThing(inner->getRuleIndex());
    }
  }
  return NamedThing(inner->getRuleIndex());
}

std::string_view DescribedList(std::size_t rule) {
  switch (rule) {
    case SchemaParser::RuleModel:
      return "schema, extension, enum, mixin, table, view, function or another object";
    case SchemaParser::RuleModelDiff:
      return "add, drop, rename, replace, alter, backfill, sql, allow or schema";
    case SchemaParser::RuleItem:
      return "an object such as a table, a view or a function";
    case SchemaParser::RuleTableBody:
      return "a column, a constraint, an index or another member of the table";
    case SchemaParser::RuleSeed:
      return "a row in braces";
    case SchemaParser::RuleAlterTable:
      return "add, alter column, drop, rename, comment or an action of ALTER TABLE";
    case SchemaParser::RuleAlterEnum:
      return "add, rename, drop, order or comment";
    case SchemaParser::RuleAlterObject:
      return "an action of ALTER";
    case SchemaParser::RuleLabel:
      return "a label";
    case SchemaParser::RuleString:
    case SchemaParser::RuleText:
      return "a string";
    case SchemaParser::RuleRevisionId:
      return "the id of a revision";
    case SchemaParser::RuleObjectKind:
    case SchemaParser::RulePlainKind:
      return "a kind of object, such as table or index";
    case SchemaParser::RuleValue:
    case SchemaParser::RuleSimpleExpression:
    case SchemaParser::RuleOperand:
      return "a value";
    case SchemaParser::RuleStorageName:
      return "a storage";
    case SchemaParser::RuleOptionValue:
      return "the value of the option";
    case SchemaParser::RuleTriggerEvents:
      return "before, after or instead of";
    case SchemaParser::RuleTriggerEvent:
      return "insert, update, delete or truncate";
    case SchemaParser::RuleType:
    case SchemaParser::RuleTypeName:
      return "a type";
    default:
      return {};
  }
}

std::string Spelled(std::size_t type) {
  switch (type) {
    case SchemaParser::LEFT_PAREN:
      return "\"(\"";
    case SchemaParser::RIGHT_PAREN:
      return "\")\"";
    case SchemaParser::LEFT_BRACE:
      return "\"{\"";
    case SchemaParser::RIGHT_BRACE:
      return "\"}\"";
    case SchemaParser::LEFT_BRACKET:
      return "\"[\"";
    case SchemaParser::RIGHT_BRACKET:
      return "\"]\"";
    case SchemaParser::STRING:
      return "a string";
    case SchemaParser::NUMBER:
      return "a number";
    case SchemaParser::NULL_:
      return "null";
    case antlr4::Token::EOF:
      return "the end of the file";
    default:
      break;
  }
  static const SchemaParser parser(nullptr);
  const std::string literal = parser.getVocabulary().getLiteralName(type);
  if (literal.size() > 2) return fmt::format("\"{}\"", literal.substr(1, literal.size() - 2));
  const std::string word = Lower(parser.getVocabulary().getSymbolicName(type));
  return IsKeyword(type) ? fmt::format("\"{}\"", word) : word;
}

// "a, b or c", when they are few enough to help.
std::string SpelledSet(const antlr4::misc::IntervalSet& expected) {
  constexpr std::size_t kMost = 5;
  if (expected.size() == 0 || expected.size() > kMost) return {};
  std::vector<std::string> words;
  for (const ssize_t type : expected.toList()) words.push_back(Spelled(static_cast<std::size_t>(type)));
  std::string text;
  for (std::size_t index = 0; index < words.size(); ++index) {
    if (index > 0) text += index + 1 == words.size() ? " or " : ", ";
    text += words[index];
  }
  return text;
}

bool IsOperator(std::size_t type) {
  return type == SchemaParser::OPERATOR_CHARACTERS || type == SchemaParser::PLUS ||
         type == SchemaParser::MINUS || type == SchemaParser::EQUAL;
}

// After a longer look ahead: what the rule is about.
std::string_view DescribedRest(std::size_t rule) {
  switch (rule) {
    case SchemaParser::RuleEnumType:
      return "a label";
    case SchemaParser::RuleColumnAction:
      return "type, set or drop";
    case SchemaParser::RuleTableClause:
      return "mixins, or storage parameters in parentheses,";
    default:
      return {};
  }
}

std::string ExpectedPhrase(const antlr4::RuleContext* context, const antlr4::misc::IntervalSet& expected) {
  const std::size_t rule = context->getRuleIndex();
  const bool a_name =
      Contains(expected, SchemaParser::IDENTIFIER) && Contains(expected, SchemaParser::QUOTED_IDENTIFIER);
  if (expected.size() == 1) return Spelled(static_cast<std::size_t>(expected.getMinElement()));
  if (rule == SchemaParser::RuleTableHead && expected.size() == 0)
    return "\"{\" or a clause such as with or inherits";
  if (rule == SchemaParser::RuleSeedValue && Contains(expected, SchemaParser::LEFT_BRACE)) return "a value";
  if (const std::string_view list = DescribedList(rule); !list.empty()) return std::string(list);
  if (a_name && !Contains(expected, SchemaParser::SEMICOLON)) return std::string(Described(context));
  if (std::string spelled = SpelledSet(expected); !spelled.empty()) return spelled;
  if (Contains(expected, SchemaParser::SEMICOLON)) return "\";\"";
  return std::string(DescribedRest(rule));
}

// What to do about it, where the mistake is a common one.
std::string Remedy(const Input& input, const antlr4::RuleContext* context, const std::string& expected,
                   const antlr4::Token& found) {
  const std::size_t type = found.getType();
  const std::size_t rule = context->getRuleIndex();
  const std::string word = Lower(input.TextOf(found));
  if (type == SchemaParser::UNICODE_IDENTIFIER) return "write the characters themselves, in double quotes";
  if (IsOperator(type) && (rule == SchemaParser::RuleColumn || rule == SchemaParser::RuleMember)) {
    return "put the expression in parentheses";
  }
  if (word == "create" && (rule == SchemaParser::RuleModel || rule == SchemaParser::RuleTableBody)) {
    return "leave out \"create\"";
  }
  if (rule == SchemaParser::RuleModel && type == SchemaParser::IDENTIFIER) {
    const std::string near =
        Nearest(word, {"schema", "extension", "enum", "mixin", "table", "domain", "type", "sequence",
                       "function", "procedure", "aggregate", "view", "seed", "raw"});
    return near.empty() ? near : fmt::format("write \"{}\"", near);
  }
  if (rule == SchemaParser::RuleModelDiff && type == SchemaParser::IDENTIFIER) {
    const std::string near =
        Nearest(word, {"add", "drop", "rename", "replace", "alter", "backfill", "sql", "allow"});
    return near.empty() ? near : fmt::format("write \"{}\"", near);
  }
  const bool a_name = expected.find(" name") != std::string::npos || expected.starts_with("a column");
  if (IsReservedWord(type) && a_name) {
    return fmt::format("as a name, write \"{}\" in double quotes", word);
  }
  return {};
}

}  // namespace

Diagnostic Unexpected(const Input& input, const antlr4::RuleContext* context,
                      const antlr4::misc::IntervalSet& expected, const antlr4::Token* before,
                      const antlr4::Token& found) {
  const std::string phrase = ExpectedPhrase(context, expected);
  const std::string after =
      before == nullptr ? std::string() : fmt::format(" after {}", input.Shown(*before));
  Span span = input.SpanOf(found);
  std::string message;
  if (phrase.empty()) {
    message = fmt::format("{} cannot stand here{}", input.Shown(found), after);
  } else {
    message = fmt::format("expected {}{}, found {}", phrase, after, input.Shown(found));
  }
  const bool line_ended =
      before != nullptr && (input.BeginsLine(found) || found.getType() == antlr4::Token::EOF);
  if (phrase == "\";\"" && line_ended) {
    // The place to write it is behind the token before.
    const Span last = input.SpanOf(*before);
    span = {last.source, last.end, last.end};
    message = fmt::format("expected \";\" after {}", input.Shown(*before));
  }
  std::string remedy = Remedy(input, context, phrase, found);
  return Diagnostic(DiagnosticKind::SyntaxError, span, std::move(message)).Fix(std::move(remedy));
}

}  // namespace schemac::parse
