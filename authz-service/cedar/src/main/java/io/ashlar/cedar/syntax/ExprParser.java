package io.ashlar.cedar.syntax;

import io.ashlar.cedar.syntax.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads expressions, by recursive descent along Cedar's grammar; recursion is bounded by {@link Limits#DEPTH_MAX}. */
final class ExprParser {

    private static final int SIGNS_MAX = 4;

    private final Tokens tokens;
    private int depth;

    ExprParser(Tokens tokens) {
        this.tokens = tokens;
    }

    Expr expression() {
        int start = tokens.peek().start();
        if (++depth > Limits.DEPTH_MAX) {
            throw new ReadException(
                    "expressions are nested at most " + Limits.DEPTH_MAX + " deep",
                    tokens.peek().span());
        }
        try {
            if (!tokens.skipWord("if")) {
                return or();
            }
            Expr condition = expression();
            tokens.expectWord("then");
            Expr then = expression();
            tokens.expectWord("else");
            Expr otherwise = expression();
            return new Expr.If(condition, then, otherwise, tokens.since(start));
        } finally {
            depth--;
        }
    }

    private Expr or() {
        int start = tokens.peek().start();
        Expr first = and();
        if (!tokens.at(Kind.OR)) {
            return first;
        }
        List<Expr> operands = new ArrayList<>(List.of(first));
        while (tokens.skip(Kind.OR)) {
            operands.add(and());
        }
        return new Expr.Or(operands, tokens.since(start));
    }

    private Expr and() {
        int start = tokens.peek().start();
        Expr first = relation();
        if (!tokens.at(Kind.AND)) {
            return first;
        }
        List<Expr> operands = new ArrayList<>(List.of(first));
        while (tokens.skip(Kind.AND)) {
            operands.add(relation());
        }
        return new Expr.And(operands, tokens.since(start));
    }

    private Expr relation() {
        int start = tokens.peek().start();
        Expr left = sum();
        Expr whole = relationOf(left, start);
        if (whole != left && (relationOperator().isPresent() || atWordOperator())) {
            throw new ReadException(
                    "comparisons cannot be chained; use parentheses",
                    tokens.peek().span());
        }
        return whole;
    }

    private Expr relationOf(Expr left, int start) {
        Optional<Operator> operator = relationOperator();
        if (operator.isPresent()) {
            tokens.take();
            return new Expr.Binary(operator.get(), left, sum(), tokens.since(start));
        }
        if (tokens.skipWord("has")) {
            return has(left, start);
        }
        if (tokens.skipWord("like")) {
            Pattern pattern = tokens.pattern(tokens.expect(Kind.STRING));
            return new Expr.Like(left, pattern, tokens.since(start));
        }
        if (tokens.skipWord("is")) {
            String type = tokens.path();
            Expr in = tokens.skipWord("in") ? sum() : null;
            return new Expr.Is(left, type, in, tokens.since(start));
        }
        return left;
    }

    private boolean atWordOperator() {
        return tokens.atWord("has") || tokens.atWord("like") || tokens.atWord("is");
    }

    private Optional<Operator> relationOperator() {
        return switch (tokens.peek().kind()) {
            case EQUAL -> Optional.of(Operator.EQUAL);
            case NOT_EQUAL -> Optional.of(Operator.NOT_EQUAL);
            case LESS -> Optional.of(Operator.LESS);
            case LESS_OR_EQUAL -> Optional.of(Operator.LESS_OR_EQUAL);
            case GREATER -> Optional.of(Operator.GREATER);
            case GREATER_OR_EQUAL -> Optional.of(Operator.GREATER_OR_EQUAL);
            default -> tokens.atWord("in") ? Optional.of(Operator.IN) : Optional.empty();
        };
    }

    /** A path of names is a chain: each is there in what the one before it gives. */
    private Expr has(Expr left, int start) {
        if (tokens.at(Kind.STRING)) {
            return new Expr.Has(left, tokens.string(tokens.take()), tokens.since(start));
        }
        String name = tokens.name();
        Expr first = new Expr.Has(left, name, tokens.since(start));
        if (!tokens.at(Kind.DOT)) {
            return first;
        }
        List<Expr> chain = new ArrayList<>(List.of(first));
        Expr target = left;
        while (tokens.skip(Kind.DOT)) {
            target = new Expr.Attribute(target, name, tokens.since(start));
            name = tokens.name();
            chain.add(new Expr.Has(target, name, tokens.since(start)));
        }
        return new Expr.And(chain, tokens.since(start));
    }

    private Expr sum() {
        int start = tokens.peek().start();
        Expr left = product();
        while (tokens.at(Kind.PLUS) || tokens.at(Kind.MINUS)) {
            Operator operator = tokens.take().kind() == Kind.PLUS ? Operator.ADD : Operator.SUBTRACT;
            left = new Expr.Binary(operator, left, product(), tokens.since(start));
        }
        return left;
    }

    private Expr product() {
        int start = tokens.peek().start();
        Expr left = unary();
        while (tokens.skip(Kind.TIMES)) {
            left = new Expr.Binary(Operator.MULTIPLY, left, unary(), tokens.since(start));
        }
        return left;
    }

    private Expr unary() {
        int start = tokens.peek().start();
        Kind sign = tokens.peek().kind();
        if (sign != Kind.NOT && sign != Kind.MINUS) {
            return member();
        }
        int signs = 0;
        while (tokens.at(sign)) {
            Token token = tokens.take();
            if (++signs > SIGNS_MAX) {
                throw new ReadException("at most " + SIGNS_MAX + " signs in a row", token.span());
            }
        }
        Expr operand;
        if (sign == Kind.MINUS && tokens.at(Kind.NUMBER)) {
            operand = negativeNumber(start);
            signs -= operand instanceof Expr.Whole ? 1 : 0;
        } else {
            operand = member();
        }
        for (; signs > 0; signs--) {
            Span at = tokens.since(start);
            operand = sign == Kind.NOT ? new Expr.Not(operand, at) : new Expr.Negate(operand, at);
        }
        return operand;
    }

    /** A number behind a minus sign is a negative literal, unless something is taken of it. */
    private Expr negativeNumber(int start) {
        Token token = tokens.take();
        Span at = tokens.since(start);
        if (tokens.at(Kind.DOT) || tokens.at(Kind.LEFT_BRACKET) || tokens.at(Kind.LEFT_PAREN)) {
            return members(new Expr.Whole(number(tokens.text(token), token), token.span()), token.start());
        }
        return new Expr.Whole(number('-' + tokens.text(token), token), at);
    }

    private static long number(String digits, Token token) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            throw new ReadException("the number does not fit in 64 bits", token.span());
        }
    }

    private Expr member() {
        int start = tokens.peek().start();
        return members(primary(), start);
    }

    private Expr members(Expr first, int start) {
        Expr target = first;
        while (true) {
            if (tokens.skip(Kind.DOT)) {
                Token token = tokens.peek();
                String name = tokens.name();
                target = tokens.skip(Kind.LEFT_PAREN)
                        ? method(target, name, token, start)
                        : new Expr.Attribute(target, name, tokens.since(start));
            } else if (tokens.skip(Kind.LEFT_BRACKET)) {
                String name = tokens.string(tokens.expect(Kind.STRING));
                tokens.expect(Kind.RIGHT_BRACKET);
                target = new Expr.Attribute(target, name, tokens.since(start));
            } else if (tokens.at(Kind.LEFT_PAREN)) {
                throw new ReadException("this cannot be called", tokens.peek().span());
            } else {
                return target;
            }
        }
    }

    private Expr method(Expr target, String name, Token token, int start) {
        List<Expr> arguments = list(Kind.RIGHT_PAREN);
        Span at = tokens.since(start);
        if (name.equals("isEmpty")) {
            requireArity(arguments, 0, name, token);
            return new Expr.IsEmpty(target, at);
        }
        Optional<Operator> operator = Operator.of(name).filter(known -> known.form() == Operator.Form.METHOD);
        if (operator.isPresent()) {
            requireArity(arguments, 1, name, token);
            return new Expr.Binary(operator.get(), target, arguments.getFirst(), at);
        }
        ExtensionFunction function = ExtensionFunction.of(name)
                .orElseThrow(() -> new ReadException("there is no method " + name, token.span()));
        if (!function.isMethod()) {
            throw new ReadException(name + " is a function: " + name + "(…)", token.span());
        }
        List<Expr> all = new ArrayList<>(List.of(target));
        all.addAll(arguments);
        return new Expr.Call(function, all, at);
    }

    private static void requireArity(List<Expr> arguments, int wanted, String name, Token token) {
        if (arguments.size() != wanted) {
            throw new ReadException(name + " takes " + wanted + " arguments, not " + arguments.size(), token.span());
        }
    }

    private Expr primary() {
        Token token = tokens.peek();
        return switch (token.kind()) {
            case NUMBER -> {
                tokens.take();
                yield new Expr.Whole(number(tokens.text(token), token), token.span());
            }
            case STRING -> {
                tokens.take();
                yield new Expr.Text(tokens.string(token), token.span());
            }
            case LEFT_PAREN -> {
                tokens.take();
                Expr inner = expression();
                tokens.expect(Kind.RIGHT_PAREN);
                yield inner;
            }
            case LEFT_BRACKET -> {
                tokens.take();
                List<Expr> elements = list(Kind.RIGHT_BRACKET);
                yield new Expr.SetOf(elements, tokens.since(token.start()));
            }
            case LEFT_BRACE -> record(token.start());
            case IDENTIFIER -> named(token);
            case SLOT -> throw new ReadException("slots are only in the scope of a policy", token.span());
            default -> throw tokens.unexpected("an expression");
        };
    }

    private Expr named(Token token) {
        if (tokens.skipWord("true")) {
            return new Expr.Flag(true, token.span());
        }
        if (tokens.skipWord("false")) {
            return new Expr.Flag(false, token.span());
        }
        StringBuilder path = new StringBuilder(tokens.name());
        boolean simple = true;
        while (tokens.skip(Kind.PATH)) {
            simple = false;
            if (tokens.at(Kind.STRING)) {
                return new Expr.Reference(tokens.entity(path.toString(), token.start()), tokens.since(token.start()));
            }
            path.append("::").append(tokens.name());
        }
        String name = path.toString();
        if (simple) {
            for (Expr.Variable.Name variable : Expr.Variable.Name.values()) {
                if (variable.text().equals(name)) {
                    return new Expr.Variable(variable, token.span());
                }
            }
        }
        if (!tokens.skip(Kind.LEFT_PAREN)) {
            throw new ReadException(name + " is no variable", tokens.since(token.start()));
        }
        ExtensionFunction function = ExtensionFunction.of(name)
                .orElseThrow(() -> new ReadException("there is no function " + name, tokens.since(token.start())));
        if (function.isMethod()) {
            throw new ReadException(name + " is a method: a." + name + "(…)", token.span());
        }
        List<Expr> arguments = list(Kind.RIGHT_PAREN);
        return new Expr.Call(function, arguments, tokens.since(token.start()));
    }

    private Expr record(int start) {
        tokens.expect(Kind.LEFT_BRACE);
        List<Expr.Field> fields = new ArrayList<>();
        while (!tokens.at(Kind.RIGHT_BRACE)) {
            String name = tokens.at(Kind.STRING) ? tokens.string(tokens.take()) : tokens.name();
            tokens.expect(Kind.COLON);
            fields.add(new Expr.Field(name, expression()));
            if (!tokens.skip(Kind.COMMA)) {
                break;
            }
        }
        tokens.expect(Kind.RIGHT_BRACE);
        try {
            return new Expr.RecordOf(fields, tokens.since(start));
        } catch (IllegalArgumentException e) {
            throw new ReadException(String.valueOf(e.getMessage()), tokens.since(start));
        }
    }

    /** Expressions with commas between them, a last comma allowed, and what closes them. */
    private List<Expr> list(Kind close) {
        List<Expr> elements = new ArrayList<>();
        while (!tokens.at(close)) {
            elements.add(expression());
            if (!tokens.skip(Kind.COMMA)) {
                break;
            }
        }
        tokens.expect(close);
        return elements;
    }
}
